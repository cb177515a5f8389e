import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Ledger } from '../ledger/ledger.service.js';
import type { Actor } from '../shared/actor.js';
import { DomainError } from '../shared/domain-error.js';
import { isCardNumber } from '../shared/ean13.js';
import type { CardState } from './card-state.js';
import { CardNotFound } from './cards.errors.js';

export interface LockedCard {
  number: string;
  kind: 'plastic' | 'virtual';
  state: CardState;
  accountId: string;
  /** Null before the activation. */
  customerId: string | null;
}

type SeenCard = Omit<LockedCard, 'accountId'> & { accountId: string | null };

/** Cards change only under their points account's lock, so that no purchase in flight is overtaken. */
@Injectable()
export class CardLocks {
  constructor(private readonly ledger: Ledger) {}

  /**
   * The card as it is once its account is locked for the rest of the transaction. A customer finds only their own.
   * Throws card_not_found, card_not_sold.
   */
  async lockCard(sql: Sql, number: string, actor: Actor): Promise<LockedCard> {
    for (;;) {
      const { accountId } = await this.see(sql, number, actor);
      if (accountId === null) throw new DomainError('card_not_sold', 'conflict');
      await sql.query('savepoint card_lock');
      await this.ledger.lock(sql, accountId);
      const card = await this.see(sql, number, actor);
      if (card.accountId === accountId) {
        await sql.query('release savepoint card_lock');
        return { ...card, accountId };
      }
      // Activated or merged in between: its points are on another account. Who waited for that with this one still
      // locked would break the order of locks; going back lets go of it.
      await sql.query('rollback to savepoint card_lock');
    }
  }

  /** Locks a customer's account and returns its id. Throws customer_not_found for somebody absorbed by another. */
  async lockCustomer(sql: Sql, customerId: string): Promise<string> {
    const accountId = await this.accountOf(sql, customerId);
    await this.ledger.lock(sql, accountId);
    return this.accountOf(sql, customerId);
  }

  private async accountOf(sql: Sql, customerId: string): Promise<string> {
    const [customer] = await sql.query<{ points_account_id: string }>(
      'select points_account_id from customer where id = $1 and merged_into is null',
      [customerId],
    );
    if (!customer) throw new DomainError('customer_not_found', 'not_found');
    return customer.points_account_id;
  }

  private async see(sql: Sql, number: string, actor: Actor): Promise<SeenCard> {
    const [card] = isCardNumber(number)
      ? await sql.query<SeenCard>(
          `select number, kind, state, account_id as "accountId", customer_id as "customerId" from card
           where number = $1 and ($2::uuid is null or customer_id = $2)`,
          [number, actor.kind === 'customer' ? actor.id : null],
        )
      : [];
    if (!card) throw new CardNotFound();
    return card;
  }
}
