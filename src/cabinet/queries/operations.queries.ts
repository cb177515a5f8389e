import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Category } from '../../stations/category.js';
import { readKey, writeKey } from '../../shared/keyset.js';
import { CUSTOMER_ACCOUNTS, IS_MOVEMENT, MOVEMENT_KIND } from './customer-accounts.js';

export const OPERATION_KINDS = ['earned', 'spent', 'burnt'] as const;
export type OperationFilterKind = (typeof OPERATION_KINDS)[number];

export interface OperationFilter {
  kind: OperationFilterKind | null;
  /** From this moment on, and up to but without that one. */
  from: Date | null;
  until: Date | null;
}

/** One movement of points, as a bank statement shows it. Points in hundredths, money in kopecks. */
export interface OperationRow {
  id: string;
  kind: 'purchase' | 'held' | 'refund' | 'burning' | 'move' | 'debt';
  at: string;
  /** The day it belongs to in the programme's zone, `2026-11-22`. */
  day: string;
  /**
   * Of a purchase what it earned and spent, or spends once it is finished; of a refund what came back and what was taken
   * back; of a burning what burnt; of a move what came from the card or another customer, of a debt what came from them.
   */
  plus: string | number;
  minus: string | number;
  total_kopecks: string | number | null;
  card_number: string | null;
  station: string | null;
  /** The three dearest lines. */
  lines: OperationLine[] | null;
}

export interface OperationLine {
  name: string | null;
  category: Category;
  quantity: number | null;
  count: number;
}

export interface TotalsRow {
  earned: string;
  spent: string;
  burnt: string;
}

@Injectable()
export class OperationQueries {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Newest first, one more than `size` where there are more: each card and account gives its own newest by its index. */
  list(customerId: string, filter: OperationFilter, after: unknown, size: number): Promise<OperationRow[]> {
    const params: unknown[] = [customerId, size + 1, this.config.timeZone];
    const key = readKey(after, ['time', 'uuid']);
    const bounds: string[] = [];
    if (filter.from) bounds.push(`occurred_at >= $${params.push(filter.from)}`);
    if (filter.until) bounds.push(`occurred_at < $${params.push(filter.until)}`);
    if (key) bounds.push(`(occurred_at, id) < ($${params.push(key[0])}::timestamptz, $${params.push(key[1])}::uuid)`);
    return this.database.query<OperationRow>(operationsSql(filter.kind, bounds), params);
  }

  /** Sums over all operations of the filter, whatever its kind, less what was refunded. */
  async totals(customerId: string, { from, until }: OperationFilter): Promise<TotalsRow> {
    const [totals] = await this.database.query<TotalsRow>(
      `with mine as (${CUSTOMER_ACCOUNTS}),
       bought as (
         select sum(sums.earned) as earned, sum(sums.spent) as spent from card c cross join lateral (
           select sum(earned_hundredths) as earned, sum(redeemed_hundredths) as spent from purchase
           where card_number = c.number and state = 'confirmed' and occurred_at >= $2 and occurred_at < $3
         ) sums where c.customer_id = $1),
       refunded as (
         select sum(r.taken_back_hundredths) as earned, sum(r.returned_hundredths) as spent
         from mine join refund r on r.account_id = mine.id where r.occurred_at >= $2 and r.occurred_at < $3)
       select coalesce(bought.earned, 0) - coalesce(refunded.earned, 0) as earned,
              coalesce(bought.spent, 0) - coalesce(refunded.spent, 0) as spent,
              (select coalesce(sum(t.amount), 0) from mine join transfer t on t.from_account_id = mine.id
               where t.kind = 'burn' and t.occurred_at >= $2 and t.occurred_at < $3) as burnt
       from bought, refunded`,
      [customerId, from ?? '-infinity', until ?? 'infinity'],
    );
    return totals!;
  }
}

/** Where a page that ends with this operation goes on. */
export function keyOf({ at, id }: Pick<OperationRow, 'at' | 'id'>): string {
  return writeKey([at, id]);
}

/** The newest `$2` operations of the customer `$1` within the bounds, with their days in the zone `$3`. */
export function operationsSql(kind: OperationFilterKind | null, bounds: readonly string[]): string {
  const sources = [purchases(kind, bounds), refunds(kind, bounds), movements(kind, bounds)].filter(
    (source) => source !== null,
  );
  return described(sources.join(' union all '));
}

function purchases(kind: OperationFilterKind | null, bounds: readonly string[]): string | null {
  if (kind === 'burnt') return null;
  const points = { earned: ['earned_hundredths > 0'], spent: ['redeemed_hundredths > 0'] };
  const where = [...bounds, ...(kind ? points[kind] : [])].map((condition) => `and ${condition}`).join(' ');
  return `
    select p.* from card c cross join lateral (
      select id, case state when 'held' then 'held' else 'purchase' end as kind, occurred_at as at,
        case state when 'held' then 0 else earned_hundredths end as plus, redeemed_hundredths as minus,
        total_kopecks, card_number, station_id
      from purchase where card_number = c.number and state ${kind ? `= 'confirmed'` : `in ('confirmed', 'held')`} ${where}
      order by occurred_at desc, id desc limit $2
    ) p where c.customer_id = $1`;
}

/** On the account that the points were on then; like a purchase's, not of one kind alone. */
function refunds(kind: OperationFilterKind | null, bounds: readonly string[]): string | null {
  if (kind !== null) return null;
  const where = bounds.map((condition) => `and ${condition}`).join(' ');
  return `
    select r.id, 'refund' as kind, r.at, r.plus, r.minus, r.sum_kopecks as total_kopecks, p.card_number, p.station_id
    from (${CUSTOMER_ACCOUNTS}) mine cross join lateral (
      select id, purchase_id, occurred_at as at, returned_hundredths as plus, taken_back_hundredths as minus, sum_kopecks
      from refund where account_id = mine.id ${where}
      order by occurred_at desc, id desc limit $2
    ) r join purchase p on p.id = r.purchase_id`;
}

function movements(kind: OperationFilterKind | null, bounds: readonly string[]): string | null {
  if (kind === 'earned' || kind === 'spent') return null;
  const where = bounds.map((condition) => `and ${condition}`).join(' ');
  return `
    select t.id, t.kind, t.at,
      case t.kind when 'move' then t.amount else 0 end as plus,
      case t.kind when 'move' then 0 else t.amount end as minus,
      null::bigint as total_kopecks, mine.card_number, null::uuid as station_id
    from (${CUSTOMER_ACCOUNTS}) mine cross join lateral (
      select id, ${MOVEMENT_KIND} as kind, occurred_at as at, amount from transfer t
      where from_account_id = mine.id and ${kind === 'burnt' ? `kind = 'burn'` : IS_MOVEMENT} ${where}
      order by occurred_at desc, id desc limit $2
    ) t`;
}

/** Stations and lines only for the few that are shown. */
function described(sources: string): string {
  return `
    select o.id, o.kind, o.at, to_char(o.at at time zone $3, 'YYYY-MM-DD') as day, o.plus, o.minus, o.total_kopecks, o.card_number, s.name as station, l.lines
    from (select * from (${sources}) every order by at desc, id desc limit $2) o
    left join station s on s.id = o.station_id
    left join lateral (
      select json_agg(json_build_object(
        'name', name, 'category', category, 'quantity', quantity_thousandths, 'count', count)) as lines
      from (select name, category, quantity_thousandths, count(*) over () as count from purchase_line
            where purchase_id = o.id order by sum_kopecks desc, index limit 3) dearest
    ) l on true
    order by o.at desc, o.id desc`;
}
