import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { WriteSet } from '../infra/database/write-set.js';
import { newId } from '../shared/ids.js';
import { type AccountState, burnsFirst, type Hold, type Lot, type LotTerms } from './account-state.js';
import { Book, type SpentPart } from './book.js';
import { writeBook } from './book.writes.js';

interface LotRow {
  id: string;
  remaining: string;
  earned_at: string;
  expires_at: string;
  earned_by: string;
  grace: boolean;
}

interface HoldRow {
  purchase_id: string;
  amount: string;
  due_at: string;
  transfer_id: string | null;
  lots: LotRow[] | null;
}

interface AccountRow {
  id: string;
  balance: string;
  days: { expires_at: string; remaining: string }[] | null;
  /** Null where the lots were not asked for; then the held account was not either. */
  lots: LotRow[] | null;
  held_account_id: string | null;
  holds: HoldRow[] | null;
}

const LOTS = `select json_agg(l) from (
  select id, remaining::text, earned_at, expires_at, earned_by, grace from lot where remaining > 0 and`;

/** One statement, so that account, calendar, holds and lots are of one moment. Amounts leave JSON as text: bigints. */
const READ = `
  select a.id, a.balance,
    (select json_agg(d) from (
       select expires_at, remaining::text from lot_day where account_id = a.id) d) as days,
    open.holds,
    case when drawn.needed then (select id from account where held_for = a.id) end as held_account_id,
    case when drawn.needed then coalesce((${LOTS} account_id = a.id) l), '[]') end as lots
  from account a cross join lateral (
    select json_agg(h) as holds from (
      select purchase_id, amount::text, due_at, transfer_id,
        (${LOTS} account_id = held_account_id and lot.transfer_id = points_hold.transfer_id) l) as lots
      from points_hold where account_id = a.id and settled_at is null order by due_at, purchase_id) h
  ) open cross join lateral (
    select a.id = any($2) or open.holds is not null
      or exists (select from lot_day where account_id = a.id and expires_at <= $3) as needed
  ) drawn
  where a.id = any($1) and a.kind = 'points'`;

/** A hold whose time was over when its account was opened. */
export interface ReleasedHold {
  purchaseId: string;
  releasedAt: Date;
}

type WhenReleased = (released: ReleasedHold, writes: WriteSet) => void;

/** The only room that writes accounts, transfers and lots. Amounts are hundredths of a point. */
@Injectable()
export class Ledger {
  private readonly whoMustKnow: WhenReleased[] = [];

  /** Whoever keeps what the points were held for adds its own rows where a hold's time was over. */
  whenReleased(add: WhenReleased): void {
    this.whoMustKnow.push(add);
  }

  /** Opens an account for points with nothing on it and returns its id. */
  async openPointsAccount(sql: Sql): Promise<string> {
    const id = newId();
    await sql.query(
      `
      insert into account (id, kind, unit, balance, may_be_negative) values ($1, 'points', 'point', 0, true)`,
      [id],
    );
    return id;
  }

  /** Opens an account in kopecks with nothing on it, which may owe, and returns its id. */
  async openRubleAccount(sql: Sql): Promise<string> {
    const id = newId();
    await sql.query(
      `insert into account (id, kind, unit, balance, may_be_negative) values ($1, 'rubles', 'kopeck', 0, true)`,
      [id],
    );
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
    for (const { hold, settled } of book.postedHolds.values()) {
      if (settled?.outcome === 'released') {
        const released = { purchaseId: hold.purchaseId, releasedAt: settled.at };
        this.whoMustKnow.forEach((add) => add(released, writes));
      }
    }
  }

  /**
   * The lots that paid for a purchase, those that burn first at the front. `accountIds` are those that its points may
   * have been spent from, `occurredAt` is when.
   */
  async drawnFor(
    sql: Sql,
    purchaseId: string,
    accountIds: readonly string[],
    occurredAt: string,
  ): Promise<SpentPart[]> {
    const rows = await sql.query<Omit<LotRow, 'remaining'> & { amount: string }>(
      `select d.amount, l.id, l.earned_at, l.expires_at, l.earned_by, l.grace
       from transfer t join lot_draw d on d.transfer_id = t.id join lot l on l.id = d.lot_id
       where t.from_account_id = any($2) and t.occurred_at = $3 and t.kind = 'spend' and t.subject_id = $1`,
      [purchaseId, accountIds, occurredAt],
    );
    return rows.map(({ amount, ...lot }) => ({ ...termsOf(lot), id: lot.id, amount: BigInt(amount) })).sort(burnsFirst);
  }

  /** The accounts of holds whose time is over, at most so many. */
  async accountsWithDueHolds(sql: Sql, now: Date, most: number): Promise<string[]> {
    const rows = await sql.query<{ account_id: string }>(
      'select distinct account_id from points_hold where settled_at is null and due_at <= $1 limit $2',
      [now, most],
    );
    return rows.map(({ account_id }) => account_id);
  }
}

function toState({ id, balance, days, lots, held_account_id, holds }: AccountRow): AccountState {
  return {
    id,
    balance: BigInt(balance),
    days: new Map(days?.map(({ expires_at, remaining }) => [new Date(expires_at).getTime(), BigInt(remaining)])),
    lots: lots?.map(toLot).sort(burnsFirst) ?? null,
    heldAccountId: lots === null ? undefined : held_account_id,
    holds: holds?.map(toHold) ?? [],
  };
}

function toHold({ purchase_id, amount, due_at, transfer_id, lots }: HoldRow): Hold {
  return {
    purchaseId: purchase_id,
    amount: BigInt(amount),
    dueAt: new Date(due_at),
    lots: lots?.map(toLot).sort(burnsFirst) ?? [],
    transferId: transfer_id,
  };
}

function toLot(row: LotRow): Lot {
  return { id: row.id, remaining: BigInt(row.remaining), ...termsOf(row) };
}

function termsOf({ earned_at, expires_at, earned_by, grace }: Omit<LotRow, 'remaining'>): LotTerms {
  return { earnedAt: new Date(earned_at), expiresAt: new Date(expires_at), earnedBy: earned_by, grace };
}
