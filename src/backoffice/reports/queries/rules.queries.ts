import type { Sql } from '../../../infra/database/sql.js';
import type { Span } from '../../queries/today.queries.js';

export interface RuleRow {
  code: string;
  /** As the newest purchase calls it. */
  title: string;
  purchases: string;
  hundredths: string;
}

export interface RuleMonthRow extends RuleRow {
  month: string;
}

/** Each rule's points as they stand on the lines of confirmed purchases. */
const GIVEN = `
  select p.id, p.occurred_at, rule ->> 'code' as code, rule ->> 'title' as title,
         ((rule ->> 'points')::numeric * 100)::bigint as hundredths
  from purchase p join purchase_line line on line.purchase_id = p.id, jsonb_array_elements(line.rules) rule
  where p.state = 'confirmed' and p.occurred_at >= $1 and p.occurred_at < $2`;
const SUMS = `
  code, (array_agg(title order by occurred_at desc))[1] as title, count(distinct id) as purchases,
  sum(hundredths) as hundredths`;

export function rulesIn(sql: Sql, { from, until }: Span): Promise<RuleRow[]> {
  return sql.query<RuleRow>(`select ${SUMS} from (${GIVEN}) given group by code order by sum(hundredths) desc, code`, [
    from,
    until,
  ]);
}

export function rulesByMonth(sql: Sql, { from, until }: Span, zone: string): Promise<RuleMonthRow[]> {
  return sql.query<RuleMonthRow>(
    `select to_char(occurred_at at time zone $3, 'YYYY-MM') as month, ${SUMS}
     from (${GIVEN}) given group by month, code order by month, sum(hundredths) desc, code`,
    [from, until, zone],
  );
}

/** Points that refunds took back: they cannot be told apart by rule. */
export async function takenBack(sql: Sql, { from, until }: Span): Promise<bigint> {
  const [row] = await sql.query<{ amount: string }>(
    `select coalesce(sum(amount), 0) as amount from transfer
     where kind = 'clawback' and occurred_at >= $1 and occurred_at < $2`,
    [from, until],
  );
  return BigInt(row?.amount ?? 0);
}
