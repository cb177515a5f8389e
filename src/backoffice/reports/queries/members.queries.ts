import type { Sql } from '../../../infra/database/sql.js';
import type { Span } from '../../queries/today.queries.js';

export interface MembersRow {
  members: string;
  /** Bought within so many days. */
  active30: string;
  active90: string;
  /** Bought before, but not in the last 90 days. */
  sleeping: string;
  /** Never bought with a card of theirs. */
  never: string;
}

/** Who bought when, as of now. The days are the last 30 and 90 times 24 hours. */
export async function membersAt(sql: Sql, now: Date): Promise<MembersRow> {
  const [row] = await sql.query<MembersRow>(
    `with lately as (
       select card.customer_id as id, bool_or(p.occurred_at > $1::timestamptz - interval '30 days') as month
       from purchase p join card on card.number = p.card_number
       where p.state = 'confirmed' and p.occurred_at > $1::timestamptz - interval '90 days' and p.occurred_at <= $1
         and card.customer_id is not null
       group by 1
     ), quiet as (
       select exists (
         select from card join purchase p on p.card_number = card.number and p.state = 'confirmed'
         where card.customer_id = c.id
       ) as bought
       from customer c where not exists (select from lately where lately.id = c.id)
     )
     select (select count(*) from customer) as members,
            (select count(*) from lately where month) as active30, (select count(*) from lately) as active90,
            (select count(*) from quiet where bought) as sleeping,
            (select count(*) from quiet where not bought) as never`,
    [now],
  );
  return row as MembersRow;
}

export interface FunnelRow {
  printed: string;
  sold: string;
  activated: string;
  bought: string;
}

/** Plastic cards sold in the period: how many of them were activated since, and bought with. */
export async function funnelOf(sql: Sql, { from, until }: Span): Promise<FunnelRow> {
  const [row] = await sql.query<FunnelRow>(
    `select (select count(*) from card where kind = 'plastic' and state in ('printed', 'at_station')) as printed,
            count(*) as sold, count(*) filter (where card.activated_at is not null) as activated,
            count(*) filter (where card.activated_at is not null and exists (
              select from purchase p where p.card_number = card.number and p.state = 'confirmed')) as bought
     from card_sale sale join card on card.number = sale.card_number
     where sale.sold_at >= $1 and sale.sold_at < $2`,
    [from, until],
  );
  return row as FunnelRow;
}

export interface JoiningRow {
  month: string;
  customers: string;
  sold: string;
  activated: string;
  virtual: string;
}

/** New customers and cards by month. */
export function joiningByMonth(sql: Sql, { from, until }: Span, zone: string): Promise<JoiningRow[]> {
  return sql.query<JoiningRow>(
    `select to_char(at at time zone $3, 'YYYY-MM') as month, count(*) filter (where what = 'customer') as customers,
            count(*) filter (where what = 'sold') as sold, count(*) filter (where what = 'plastic') as activated,
            count(*) filter (where what = 'virtual') as virtual
     from (
       select created_at as at, 'customer' as what from customer where created_at >= $1 and created_at < $2
       union all select sold_at, 'sold' from card_sale where sold_at >= $1 and sold_at < $2
       union all select completed_at, kind from activation where completed_at >= $1 and completed_at < $2
     ) joined group by 1 order by 1`,
    [from, until, zone],
  );
}
