import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { CardNotFound } from '../../cards/cards.errors.js';
import { LimitExceeded } from '../../shared/domain-error.js';
import { phoneOrNull } from '../../shared/phone.js';

const QUARTER_SECONDS = 900;
const NOT_FOUND = 404;

/**
 * A caller may ask so often, and miss so often: whoever tries one card number after another is guessing. After that even
 * the right number is not answered for a while, or the guess would still pay.
 */
@Injectable()
export class Callers {
  private readonly calls = new RateLimiterMemory({ points: 30, duration: QUARTER_SECONDS });
  private readonly misses = new RateLimiterMemory({ points: 5, duration: QUARTER_SECONDS });
  private readonly missesOfKey = new RateLimiterMemory({ points: 60, duration: 60 });

  /** The look-up's result; one that finds no card counts as a miss of the phone and of the key. */
  async counting<T>(keyId: string, spelling: string, lookUp: () => Promise<T>): Promise<T> {
    // One phone, however it is spelt.
    const phone = phoneOrNull(spelling) ?? spelling;
    await this.expectBelow(this.misses, phone);
    await this.expectBelow(this.missesOfKey, keyId);
    await take(this.calls, phone);
    try {
      return await lookUp();
    } catch (error) {
      if (error instanceof CardNotFound) {
        await Promise.all([this.misses.penalty(phone, 1), this.missesOfKey.penalty(keyId, 1)]);
      }
      throw error;
    }
  }

  /** The same for a write, whose refusals are kept answers. */
  async countingAnswer<T extends { status: number }>(
    keyId: string,
    phone: string,
    write: () => Promise<T>,
  ): Promise<T> {
    const kept = { answer: undefined as T | undefined };
    const counted = this.counting(keyId, phone, async () => {
      kept.answer = await write();
      if (kept.answer.status === NOT_FOUND) throw new CardNotFound();
      return kept.answer;
    });
    return counted.catch((error: unknown) => {
      if (error instanceof CardNotFound && kept.answer) return kept.answer;
      throw error;
    });
  }

  private async expectBelow(limiter: RateLimiterMemory, key: string): Promise<void> {
    const counted = await limiter.get(key);
    if (counted !== null && counted.consumedPoints >= limiter.points) throw new LimitExceeded(secondsOf(counted));
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (spent) {
    throw new LimitExceeded(secondsOf(spent as RateLimiterRes));
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
