import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { WriteSet } from '../infra/database/write-set.js';
import { newId } from '../shared/ids.js';
import { type AccountState, Book, burnsFirst, type Lot } from './book.js';
import { writeBook } from './book.writes.js';

interface AccountRow {
  id: string;
  balance: string;
  days: { expires_at: string; remaining: string }[] | null;
  /** Null where the lots were not asked for. */
  lots: { id: string; remaining: string; earned_at: string; expires_at: string }[] | null;
}

/** One statement, so that account, calendar and lots are of one moment. Amounts leave JSON as text: bigints. */
const READ = `
  select a.id, a.balance,
    (select json_agg(d) from (
       select expires_at, remaining::text from lot_day where account_id = a.id) d) as days,
    case when a.id = any($2) or exists (select from lot_day where account_id = a.id and expires_at <= $3) then
      coalesce((select json_agg(l) from (
        select id, remaining::text, earned_at, expires_at from lot where account_id = a.id and remaining > 0) l), '[]')
    end as lots
  from account a where a.id = any($1) and a.kind = 'points'`;

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
    const [, book] = await Promise.all([
      sql.query('select id from account where id = any($1) order by id for no key update', [accountIds]),
      // Asked behind the lock on the same connection, so it reads when the locks are held.
      this.peek(sql, accountIds, now, drawing),
    ]);
    return book;
  }

  /** The same without locks, to look at or to try something out. It must not be closed. */
  async peek(sql: Sql, accountIds: readonly string[], now: Date, drawing: readonly string[] = []): Promise<Book> {
    const rows = await sql.query<AccountRow>(READ, [accountIds, drawing, now]);
    return new Book(rows.map(toState), now);
  }

  /** Holds an account's lock for the rest of the transaction, where what hangs on it changes but its points do not. */
  async lock(sql: Sql, accountId: string): Promise<void> {
    await sql.query('select id from account where id = $1 for no key update', [accountId]);
  }

  /** Adds what was posted to the rows that the transaction will write. */
  close(book: Book, writes: WriteSet): void {
    writeBook(book, writes);
  }
}

function toState({ id, balance, days, lots }: AccountRow): AccountState {
  return {
    id,
    balance: BigInt(balance),
    days: new Map(days?.map(({ expires_at, remaining }) => [new Date(expires_at).getTime(), BigInt(remaining)])),
    lots: lots?.map(toLot).sort(burnsFirst) ?? null,
  };
}

function toLot({ id, remaining, earned_at, expires_at }: NonNullable<AccountRow['lots']>[number]): Lot {
  return { id, remaining: BigInt(remaining), earnedAt: new Date(earned_at), expiresAt: new Date(expires_at) };
}
