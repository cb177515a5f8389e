import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Config } from '../infra/config/config.js';
import { Ledger } from '../ledger/ledger.service.js';
import { DomainError } from '../shared/domain-error.js';
import { isCardNumber } from '../shared/ean13.js';
import { CardNotFound, CardBlocked } from './cards.errors.js';
import type { CardState } from './card-state.js';

export interface CardToSell {
  number: string;
  terminalId: string;
  cashier: string | null;
  soldAt: Date;
}

export interface SoldCard {
  number: string;
  priceKopecks: bigint;
}

/** A till sells a printed card once (product L2). */
@Injectable()
export class CardSales {
  constructor(
    private readonly ledger: Ledger,
    private readonly config: Config,
  ) {}

  /**
   * Sells the card in the caller's transaction: from this moment purchases earn points on an account of its own.
   * Fails with `card_not_found`, `card_already_sold` or `card_blocked`.
   */
  async sellCard(sql: Sql, { number, terminalId, cashier, soldAt }: CardToSell): Promise<SoldCard> {
    refuseUnlessPrinted(await this.lockCard(sql, number));
    const priceKopecks = this.config.programme.cardPriceKopecks;
    const accountId = await this.ledger.openPointsAccount(sql);
    await sql.query(`update card set state = 'sold', account_id = $2, sold_at = $3 where number = $1`, [
      ...[number, accountId, soldAt],
    ]);
    await sql.query(
      'insert into card_sale (card_number, terminal_id, price_kopecks, cashier, sold_at) values ($1, $2, $3, $4, $5)',
      [number, terminalId, priceKopecks, cashier, soldAt],
    );
    return { number, priceKopecks };
  }

  private async lockCard(sql: Sql, number: string): Promise<CardState> {
    const [card] = isCardNumber(number)
      ? await sql.query<{ state: CardState }>('select state from card where number = $1 for update', [number])
      : [];
    if (card === undefined) {
      throw new CardNotFound();
    }
    return card.state;
  }
}

function refuseUnlessPrinted(state: CardState): void {
  switch (state) {
    case 'printed':
    case 'at_station':
      return;
    case 'blocked':
    case 'replaced':
      throw new CardBlocked();
    case 'sold':
    case 'active':
      throw new DomainError('card_already_sold', 'conflict');
  }
}
