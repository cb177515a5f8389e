import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { CardNotFound } from '../cards/cards.errors.js';
import { CardRegister, type RegisteredCard } from '../cards/card-register.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { PointsReader } from '../loyalty/points-reader.service.js';
import { Clock } from '../shared/clock.js';
import { isCardNumber } from '../shared/ean13.js';
import { cardAnswer } from './answers.js';
import type { CardAnswer } from './dto/answers.js';
import { cardReference } from './card-reference.js';
import { UnknownCards } from './unknown-cards.service.js';

/** What a till shows of a card before the sale is rung up. */
@Injectable()
export class CardLookUp {
  constructor(
    private readonly cards: CardRegister,
    private readonly points: PointsReader,
    private readonly unknownCards: UnknownCards,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async find(terminal: TerminalIdentity, text: string): Promise<CardAnswer> {
    return this.unknownCards.counting(terminal.terminalId, this.look(text));
  }

  private async look(text: string): Promise<CardAnswer> {
    const reference = cardReference(text);
    const byNumber = 'number' in reference;
    const card = await (byNumber ? this.byNumber(reference.number) : this.byPhone(reference.phone));
    if (card === undefined) {
      throw new CardNotFound();
    }
    const balance = await this.points.balance(this.database, card.accountId, this.clock.now());
    return cardAnswer(card, byNumber, balance, this.config.timeZone);
  }

  private async byNumber(number: string): Promise<RegisteredCard | undefined> {
    return isCardNumber(number) ? (await this.cards.byNumbers(this.database, [number])).get(number) : undefined;
  }

  private async byPhone(phone: string): Promise<RegisteredCard | undefined> {
    return (await this.cards.byPhones(this.database, [phone])).get(phone);
  }
}
