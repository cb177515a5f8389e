import pg from 'pg';
import { answer, orders } from '../load/orders.js';

export interface ExpiryLoad {
  url: string;
  /** The moment by which lots are due, ISO 8601. */
  now: string;
}

/**
 * What S6 is held against: plain SQL that burns due lots set by set, ten thousand accounts a transaction, writing the
 * same rows as the product: transfers, draws, lots, balances and the calendar.
 */
const AT_ONCE = 10_000;
const BURNT = '00000000-0000-7000-8000-000000000003';
const BURN = `
  with due as (
    select account_id, expires_at, remaining, gen_random_uuid() as transfer_id
    from lot_day where expires_at <= $1 order by account_id limit ${AT_ONCE}),
  burns as (
    insert into transfer (id, kind, from_account_id, to_account_id, amount, subject_id, occurred_at)
    select transfer_id, 'burn', account_id, '${BURNT}', remaining, account_id, expires_at from due),
  gone as (
    select l.id, l.remaining, d.transfer_id from due d
    join lot l on l.account_id = d.account_id and l.expires_at = d.expires_at and l.remaining > 0),
  draws as (insert into lot_draw (transfer_id, lot_id, amount) select transfer_id, id, remaining from gone),
  lots as (update lot set remaining = 0 from gone where lot.id = gone.id),
  balances as (
    update account set balance = balance - sums.amount
    from (select account_id, sum(remaining) as amount from due group by account_id) sums where account.id = sums.account_id),
  days as (
    delete from lot_day using due where lot_day.account_id = due.account_id and lot_day.expires_at = due.expires_at)
  select count(*)::int as days from due`;

const { url, now } = orders<ExpiryLoad>();
const client = new pg.Client({ connectionString: url });
await client.connect();
const began = performance.now();
for (;;) {
  const { rows } = await client.query<{ days: number }>(BURN, [now]);
  if (rows[0]!.days < AT_ONCE) break;
}
const seconds = (performance.now() - began) / 1000;
await client.end();
answer({ seconds });
