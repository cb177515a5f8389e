import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { Purchasing } from '../loyalty/purchasing.service.js';
import { Clock } from '../shared/clock.js';
import { purchaseAnswer } from './answers.js';
import type { PurchaseAnswer } from './dto/answers.js';
import { PurchaseCalls } from './purchase-call.service.js';
import { UnknownCards } from './unknown-cards.service.js';

/** What a purchase would come to. */
@Injectable()
export class QuoteDesk {
  constructor(
    private readonly calls: PurchaseCalls,
    private readonly purchasing: Purchasing,
    private readonly unknownCards: UnknownCards,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async quote(terminal: TerminalIdentity, body: unknown): Promise<PurchaseAnswer> {
    const call = await this.calls.read(terminal, body);
    const quote = this.purchasing.quote(this.database, call, this.clock.now());
    return purchaseAnswer(await this.unknownCards.counting(terminal.terminalId, quote), this.config.timeZone);
  }
}
