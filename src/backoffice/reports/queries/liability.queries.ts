import type { Sql } from '../../../infra/database/sql.js';

/** Amounts are hundredths of a point; a month is `2026-11` in the programme's zone. */
export interface MonthRow {
  month: string;
  amount: string;
}

export interface BooksRow {
  /** Everything that was issued and neither spent nor burnt: what customers have, less what they owe, and what is held. */
  outstanding: string;
  held: string;
}

/** What may be spent now, by the month in which it would burn: from the calendar, so the lots are not read. */
export function openNow(sql: Sql, zone: string): Promise<MonthRow[]> {
  return sql.query<MonthRow>(
    `select to_char(expires_at at time zone $1, 'YYYY-MM') as month, sum(remaining) as amount
     from lot_day group by 1 order by 1`,
    [zone],
  );
}

/** The same as of a past moment, from the lots that were there and what had been drawn from them by then. */
export function openAt(sql: Sql, until: Date, zone: string): Promise<MonthRow[]> {
  return sql.query<MonthRow>(
    `select to_char(expires_at at time zone $2, 'YYYY-MM') as month, sum(amount) as amount from (
       select lot.expires_at, lot.amount - coalesce(drawn.amount, 0) as amount
       from lot
       join account on account.id = lot.account_id and account.kind = 'points'
       join transfer made on made.id = lot.transfer_id and made.occurred_at < $1
       left join lateral (
         select sum(draw.amount) as amount from lot_draw draw join transfer t on t.id = draw.transfer_id
         where draw.lot_id = lot.id and t.occurred_at < $1
       ) drawn on true
       where lot.expires_at >= $1
     ) open where amount > 0 group by 1 order by 1`,
    [until, zone],
  );
}

/** What the ledger says: the balances of this moment, taken back by what was posted since. */
export async function booksAt(sql: Sql, until: Date): Promise<BooksRow> {
  const [row] = await sql.query<BooksRow>(
    `with balances as (
       select coalesce(sum(balance), 0) as outstanding, coalesce(sum(balance) filter (where kind = 'held'), 0) as held
       from account where kind in ('points', 'held')
     ), since as (
       select coalesce(sum(t.amount) filter (where giver.kind not in ('points', 'held')), 0)
              - coalesce(sum(t.amount) filter (where taker.kind not in ('points', 'held')), 0) as outstanding,
              coalesce(sum(t.amount) filter (where taker.kind = 'held'), 0)
              - coalesce(sum(t.amount) filter (where giver.kind = 'held'), 0) as held
       from transfer t join account giver on giver.id = t.from_account_id join account taker on taker.id = t.to_account_id
       where t.occurred_at >= $1
     )
     select balances.outstanding - since.outstanding as outstanding, balances.held - since.held as held
     from balances, since`,
    [until],
  );
  return row as BooksRow;
}
