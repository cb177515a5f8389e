import type { Sql } from '../../../infra/database/sql.js';
import type { Span } from '../../queries/today.queries.js';

/** Points earned in a month, and what became of them by now: hundredths. */
export interface CohortRow {
  month: string;
  issued: string;
  /** Less what refunds gave back. */
  spent: string;
  burnt: string;
  /** Taken back by refunds. */
  taken_back: string;
}

/**
 * Lots keep the moment they were earned at through all their moves, so what was drawn from any of them tells. Spent
 * points that a refund gave back came as lots again.
 */
export function cohorts(sql: Sql, { from, until }: Span, zone: string): Promise<CohortRow[]> {
  return sql.query<CohortRow>(
    `select to_char(earned_at at time zone $3, 'YYYY-MM') as month,
            coalesce(sum(amount) filter (where kind = 'earn'), 0) as issued,
            coalesce(sum(amount) filter (where kind = 'spend'), 0)
            - coalesce(sum(amount) filter (where kind = 'return'), 0) as spent,
            coalesce(sum(amount) filter (where kind = 'burn'), 0) as burnt,
            coalesce(sum(amount) filter (where kind = 'clawback'), 0) as taken_back
     from (
       select lot.earned_at, made.kind, lot.amount from lot
       join transfer made on made.id = lot.transfer_id and made.kind in ('earn', 'return')
       where lot.earned_at >= $1 and lot.earned_at < $2
       union all
       select lot.earned_at, t.kind, draw.amount from lot
       join lot_draw draw on draw.lot_id = lot.id
       join transfer t on t.id = draw.transfer_id and t.kind in ('spend', 'burn', 'clawback')
       where lot.earned_at >= $1 and lot.earned_at < $2
     ) happened group by 1 order by 1`,
    [from, until, zone],
  );
}

export interface BurnMonthRow {
  month: string;
  issued: string;
  burnt: string;
}

/** What was issued and what burnt in the months of a period. */
export function burntByMonth(sql: Sql, { from, until }: Span, zone: string): Promise<BurnMonthRow[]> {
  return sql.query<BurnMonthRow>(
    `select to_char(occurred_at at time zone $3, 'YYYY-MM') as month,
            coalesce(sum(amount) filter (where kind = 'earn'), 0) as issued,
            coalesce(sum(amount) filter (where kind = 'burn'), 0) as burnt
     from transfer where kind in ('earn', 'burn') and occurred_at >= $1 and occurred_at < $2 group by 1 order by 1`,
    [from, until, zone],
  );
}
