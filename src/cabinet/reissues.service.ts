import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../auth/limits/rate-limits.service.js';
import { closeSessions } from '../auth/sessions.js';
import { Database } from '../infra/database/database.js';
import { VirtualCards } from '../loyalty/activation/virtual-cards.service.js';

/** Another number for a virtual card, by its owner: a rescue, not a game, for every number is used up for good. */
@Injectable()
export class Reissues {
  private readonly limit: Limit = { name: 'card_reissues', points: 5, seconds: 86_400 };

  constructor(
    private readonly rates: RateLimits,
    private readonly virtualCards: VirtualCards,
    private readonly database: Database,
  ) {}

  /**
   * Returns the new number. With `onlySession` whoever is in elsewhere, perhaps on the phone that is gone, is out first.
   * Throws LimitExceeded, card_not_found.
   */
  async reissue(customerId: string, number: string, onlySession: string | null): Promise<string> {
    await this.rates.consume(this.limit, customerId);
    if (onlySession !== null) await closeSessions(this.database, 'customer', customerId, onlySession);
    return this.virtualCards.reissue(customerId, number);
  }
}
