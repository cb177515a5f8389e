import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { WriteSet } from '../infra/database/write-set.js';
import { newId } from '../shared/ids.js';
import { type AccountState, Book, burnsFirst, type Lot } from './book.js';
import { writeBook } from './book.writes.js';

interface AccountRow {
  id: string;
  balance: string;
}

interface DayRow {
  account_id: string;
  expires_at: string;
  remaining: string;
}

interface LotRow extends DayRow {
  id: string;
  earned_at: string;
}

/** The only room that writes accounts, transfers and lots. Amounts are hundredths of a point. */
@Injectable()
export class Ledger {
  /** Opens an account for points with nothing on it and returns its id. */
  async openPointsAccount(sql: Sql): Promise<string> {
    const id = newId();
    await sql.query(`insert into account (id, kind, unit, balance) values ($1, 'points', 'point', 0)`, [id]);
    return id;
  }

  /**
   * Locks the accounts, in id order so that two bookkeepers never wait for each other, and reads them.
   *
   * `drawing` names those that something may be taken from: only theirs are the lots read. Whoever holds a book holds
   * the locks until its transaction ends.
   */
  async open(sql: Sql, accountIds: readonly string[], now: Date, drawing: readonly string[] = []): Promise<Book> {
    return this.read(sql, accountIds, now, drawing, 'for no key update');
  }

  /** The same without locks, to look at or to try something out. It must not be closed. */
  async peek(sql: Sql, accountIds: readonly string[], now: Date, drawing: readonly string[] = []): Promise<Book> {
    return this.read(sql, accountIds, now, drawing, '');
  }

  /** Holds an account's lock for the rest of the transaction, where what hangs on it changes but its points do not. */
  async lock(sql: Sql, accountId: string): Promise<void> {
    await sql.query('select id from account where id = $1 for no key update', [accountId]);
  }

  /** Adds what was posted to the rows that the transaction will write. */
  close(book: Book, writes: WriteSet): void {
    writeBook(book, writes);
  }

  private async read(
    sql: Sql,
    accountIds: readonly string[],
    now: Date,
    drawing: readonly string[],
    lock: string,
  ): Promise<Book> {
    const accounts = await sql.query<AccountRow>(
      `select id, balance from account where id = any($1) and kind = 'points' order by id ${lock}`,
      [accountIds],
    );
    const days = await sql.query<DayRow>(
      'select account_id, expires_at, remaining from lot_day where account_id = any($1)',
      [accountIds],
    );
    const states = new Map(accounts.map(({ id, balance }) => [id, emptyState(id, BigInt(balance))]));
    const due = new Set<string>();
    for (const { account_id: id, expires_at, remaining } of days) {
      const expiresAt = new Date(expires_at);
      states.get(id)?.days.set(expiresAt.getTime(), BigInt(remaining));
      if (expiresAt <= now) {
        due.add(id);
      }
    }
    await this.readLots(sql, states, new Set([...due, ...drawing]));
    return new Book([...states.values()], now);
  }

  private async readLots(sql: Sql, states: Map<string, AccountState>, accountIds: Set<string>): Promise<void> {
    if (accountIds.size === 0) {
      return;
    }
    accountIds.forEach((id) => states.has(id) && (states.get(id)!.lots = []));
    const lots = await sql.query<LotRow>(
      'select id, account_id, remaining, earned_at, expires_at from lot where account_id = any($1) and remaining > 0',
      [[...accountIds]],
    );
    for (const row of lots) {
      states.get(row.account_id)?.lots?.push(toLot(row));
    }
    states.forEach(({ lots: open }) => open?.sort(burnsFirst));
  }
}

function emptyState(id: string, balance: bigint): AccountState {
  return { id, balance, days: new Map(), lots: null };
}

function toLot({ id, remaining, earned_at, expires_at }: LotRow): Lot {
  return { id, remaining: BigInt(remaining), earnedAt: new Date(earned_at), expiresAt: new Date(expires_at) };
}
