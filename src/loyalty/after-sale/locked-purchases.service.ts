import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { WriteSet } from '../../infra/database/write-set.js';
import type { Book } from '../../ledger/book.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { DomainError } from '../../shared/domain-error.js';
import { PurchaseReader, type RegisteredPurchase } from '../purchase-reader.service.js';
import { CardMoved } from '../purchase-look-up.service.js';

export interface PurchaseOfStation {
  stationId: string;
  purchaseId: string;
}

/** Everything that happens to a registered purchase happens under the lock of the account that its card's points are on. */
@Injectable()
export class LockedPurchases {
  constructor(
    private readonly purchases: PurchaseReader,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Locks the accounts, looks the purchase up again behind the locks, and writes what `work` posts. A refusal of it is
   * answered, not thrown: what was due on the account is written all the same. `work` decides before it posts.
   */
  async withLocked<T>(
    sql: Sql,
    { stationId, purchaseId }: PurchaseOfStation,
    now: Date,
    writes: WriteSet,
    work: (purchase: RegisteredPurchase, book: Book) => T | Promise<T>,
  ): Promise<T | DomainError> {
    return refusalOf(async () => {
      const accountIds = accountsOf(await this.purchases.find(sql, stationId, purchaseId));
      const [book, purchase] = await Promise.all([
        this.ledger.open(sql, accountIds, now, accountIds),
        // Asked behind the lock, so it looks when the locks are held.
        this.purchases.find(sql, stationId, purchaseId),
      ]);
      if (accountsOf(purchase).some((id) => !accountIds.includes(id))) {
        throw new CardMoved();
      }
      const answer = await refusalOf(async () => work(purchase, book));
      this.ledger.close(book, writes);
      return answer;
    });
  }
}

function accountsOf({ card, hold }: RegisteredPurchase): string[] {
  return [...new Set([card.accountId, hold?.accountId ?? card.accountId])];
}

async function refusalOf<T>(decide: () => Promise<T>): Promise<T | DomainError> {
  try {
    return await decide();
  } catch (error) {
    if (error instanceof DomainError) {
      return error;
    }
    throw error;
  }
}
