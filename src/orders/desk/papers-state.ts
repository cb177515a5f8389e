import type { Sql } from '../../infra/database/sql.js';

export type PapersState = 'none' | 'stale' | 'current';

/** Columns of an order that its papers say something of. */
const ON_PAPER = ['name', 'company', 'phone', 'email', 'address', 'tariff_version_id', 'sim_kind'];

/** Papers are stale where another card was taken, or something that stands in them changed, after they were issued. */
export async function papersStateOf(sql: Sql, orderId: string): Promise<PapersState> {
  const events = await sql.query<{ kind: string }>(
    `select kind from sim_order_event where order_id = $1
       and (kind in ('papers_issued', 'sim_reserved') or kind = 'changed' and fields && $2)
     order by seq desc`,
    [orderId, ON_PAPER],
  );
  if (events[0]?.kind === 'papers_issued') return 'current';
  return events.some(({ kind }) => kind === 'papers_issued') ? 'stale' : 'none';
}
