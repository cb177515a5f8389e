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

/** What is held now or was at a moment: held accounts carry no balance, theirs is summed. */
const HELD = `(
  select coalesce(sum(amount), 0) from (
    select t.amount from account h join transfer t on t.to_account_id = h.id and t.kind not in ('spend', 'burn')
    where h.kind = 'held' and t.occurred_at < $1
    union all
    select -t.amount from account h join transfer t on t.from_account_id = h.id and t.kind <> 'earn'
    where h.kind = 'held' and t.occurred_at < $1
  ) held)`;

/** What may be spent now, by the month in which it would burn: from the calendar, so the lots are not read. */
export function openNow(sql: Sql, zone: string): Promise<MonthRow[]> {
  return sql.query<MonthRow>(
    `select to_char(expires_at at time zone $1, 'YYYY-MM') as month, sum(remaining) as amount
     from lot_day group by 1 order by 1`,
    [zone],
  );
}

/**
 * The same as of a past moment, from the lots that were there and what had been drawn from them by then. Releases and
 * returns put points back where they came from.
 */
export function openAt(sql: Sql, until: Date, zone: string): Promise<MonthRow[]> {
  return sql.query<MonthRow>(
    `select to_char(expires_at at time zone $2, 'YYYY-MM') as month, sum(amount) as amount from (
       select lot.expires_at, lot.amount - coalesce(drawn.amount, 0) as amount
       from lot
       join transfer made on made.id = lot.transfer_id and made.occurred_at < $1
       left join lateral (
         select sum(case when t.kind in ('release', 'return') then -draw.amount else draw.amount end) as amount
         from lot_draw draw join transfer t on t.id = draw.transfer_id
         where draw.lot_id = lot.id and t.occurred_at < $1
       ) drawn on true
       where lot.expires_at >= $1
     ) open where amount > 0 group by 1 order by 1`,
    [until, zone],
  );
}

/** What the ledger says: the balances of today, taken back by what was posted since. */
export async function booksAt(sql: Sql, until: Date): Promise<BooksRow> {
  const [row] = await sql.query<BooksRow>(
    `select
       (select coalesce(sum(balance), 0) from account where kind = 'points')
       + ${HELD.replaceAll('$1', `'infinity'`)}
       - (select coalesce(sum(case
            when giver.kind = 'issued' or giver.kind in ('spent', 'burnt') then t.amount
            when taker.kind in ('issued', 'spent', 'burnt') then -t.amount else 0 end), 0)
          from transfer t join account giver on giver.id = t.from_account_id
          join account taker on taker.id = t.to_account_id
          where t.occurred_at >= $1) as outstanding,
       ${HELD} as held`,
    [until],
  );
  return row as BooksRow;
}
