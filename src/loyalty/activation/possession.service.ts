import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import type { RegisteredCard } from '../../cards/card-register.service.js';
import { PossessionCodes } from '../../cards/possession-codes.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { PointsReader } from '../points-reader.service.js';

/** What a person can show of the plastic in their hands; either is enough. */
export interface Proof {
  /** The code printed on the card. */
  possessionCode: string | null;
  /** Of the last receipt: its date as printed, and what was paid. */
  lastReceipt: { date: string; paidKopecks: bigint } | null;
}

/**
 * Criminals open cabinets on strangers' card numbers: a card with many points is activated only by whoever holds it
 * (product L3). Tries are limited a card, so that neither code nor receipt can be guessed.
 */
@Injectable()
export class Possession {
  private readonly tries: Limit = { name: 'card_proof', points: 10, seconds: 86_400 };

  constructor(
    private readonly codes: PossessionCodes,
    private readonly points: PointsReader,
    private readonly rates: RateLimits,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Passes where no proof is asked for or the given one is right; throws InvalidInput, LimitExceeded. */
  async demand(card: RegisteredCard, proof: Proof): Promise<void> {
    const { availableHundredths } = await this.points.balance(this.database, card.accountId, this.clock.now());
    if (availableHundredths <= this.config.programme.proofAboveHundredths) {
      return;
    }
    if (proof.possessionCode === null && proof.lastReceipt === null) {
      throw new InvalidInput([{ path: 'possessionCode', code: 'proof_needed' }]);
    }
    await this.rates.consume(this.tries, card.number);
    if (!(await this.proves(card.number, proof))) {
      const path = proof.possessionCode === null ? 'receiptSum' : 'possessionCode';
      throw new InvalidInput([{ path, code: 'proof_wrong' }]);
    }
  }

  private async proves(number: string, { possessionCode, lastReceipt }: Proof): Promise<boolean> {
    if (possessionCode !== null) {
      return this.codes.proves(number, possessionCode);
    }
    const [last] = await this.database.query<{ occurred_at: string; paid: string }>(
      `select occurred_at, total_kopecks - redeemed_hundredths as paid from purchase
       where card_number = $1 and state = 'confirmed' order by occurred_at desc limit 1`,
      [number],
    );
    if (last === undefined || lastReceipt === null) {
      return false;
    }
    const date = DateTime.fromJSDate(new Date(last.occurred_at), { zone: this.config.timeZone }).toISODate();
    return date === lastReceipt.date && BigInt(last.paid) === lastReceipt.paidKopecks;
  }
}
