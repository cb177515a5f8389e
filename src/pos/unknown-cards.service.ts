import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CardNotFound } from '../cards/cards.errors.js';
import { type DomainError, LimitExceeded } from '../shared/domain-error.js';

const MOST_A_MINUTE = 30;

/** A till that asks for unknown cards again and again is guessing numbers: 30 a minute, then 429. */
@Injectable()
export class UnknownCards {
  private readonly limiter = new RateLimiterMemory({ points: MOST_A_MINUTE, duration: 60 });

  /** The look-up's result; its failure for an unknown card is counted. */
  async counting<T>(terminalId: string, lookup: Promise<T>): Promise<T> {
    try {
      return await lookup;
    } catch (error) {
      throw error instanceof CardNotFound ? await this.count(terminalId, error) : error;
    }
  }

  /** Passes any other refusal through. */
  async count(terminalId: string, refusal: DomainError): Promise<DomainError> {
    if (!(refusal instanceof CardNotFound)) {
      return refusal;
    }
    try {
      await this.limiter.consume(terminalId);
      return refusal;
    } catch (spent) {
      return new LimitExceeded(Math.ceil((spent as RateLimiterRes).msBeforeNext / 1000));
    }
  }
}
