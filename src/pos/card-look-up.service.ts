import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { PointsReader } from '../loyalty/points-reader.service.js';
import { Clock } from '../shared/clock.js';
import { cardAnswer } from './answers.js';
import { CardFinder } from './card-finder.service.js';
import type { CardAnswer } from './dto/answers.js';
import { UnknownCards } from './unknown-cards.service.js';

/** What a till shows of a card before the sale is rung up. */
@Injectable()
export class CardLookUp {
  constructor(
    private readonly finder: CardFinder,
    private readonly points: PointsReader,
    private readonly unknownCards: UnknownCards,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async find(terminal: TerminalIdentity, text: string): Promise<CardAnswer> {
    return this.unknownCards.counting(terminal.terminalId, this.look(terminal.terminalId, text));
  }

  private async look(terminalId: string, text: string): Promise<CardAnswer> {
    const { card, canRedeem } = await this.finder.find(terminalId, text);
    const balance = await this.points.balance(this.database, card.accountId, this.clock.now());
    return cardAnswer(card, canRedeem, balance, this.config.timeZone);
  }
}
