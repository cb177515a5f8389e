import { Injectable } from '@nestjs/common';
import { CardRegister, type RegisteredCard } from '../cards/card-register.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { CardReference, PurchaseCall } from './purchase.js';
import { type RegisteredReceipts, ReceiptRegister } from './receipt-register.service.js';

/** A card changed hands between the look-up and the lock: the transaction is to be tried again. */
export class CardMoved extends Error {}

/** Finds what purchases name: their cards, and receipts that are registered already. */
@Injectable()
export class PurchaseLookUp {
  constructor(
    private readonly cards: CardRegister,
    private readonly receipts: ReceiptRegister,
  ) {}

  /** The card of each call, undefined where there is none; one query for all of them. */
  async findCards(sql: Sql, calls: readonly PurchaseCall[]): Promise<(RegisteredCard | undefined)[]> {
    const numbers = calls.flatMap(({ card }) => ('number' in card ? [card.number] : []));
    const phones = calls.flatMap(({ card }) => ('phone' in card ? [card.phone] : []));
    const [byNumber, byPhone] = await Promise.all([
      numbers.length === 0 ? [] : this.cards.byNumbers(sql, numbers),
      phones.length === 0 ? [] : this.cards.byPhones(sql, phones),
    ]);
    const found = new Map([...byNumber, ...byPhone]);
    return calls.map(({ card }) => found.get(referenceKey(card)));
  }

  findReceipts(sql: Sql, calls: readonly PurchaseCall[]): Promise<RegisteredReceipts> {
    return this.receipts.find(sql, calls);
  }

  /**
   * Under the accounts' locks no card of theirs changes; what changed just before is seen here. Throws CardMoved.
   */
  async refuseMoved(sql: Sql, cards: readonly (RegisteredCard | undefined)[]): Promise<void> {
    const known = cards.filter((card) => card !== undefined);
    const current = await this.cards.byNumbers(sql, [...new Set(known.map(({ number }) => number))]);
    for (const { number, state, accountId } of known) {
      const now = current.get(number);
      if (now?.state !== state || now.accountId !== accountId) {
        throw new CardMoved();
      }
    }
  }
}

function referenceKey(card: CardReference): string {
  return 'number' in card ? card.number : card.phone;
}
