import type { Sql } from '../../../infra/database/sql.js';
import type { Span } from '../../queries/today.queries.js';

/**
 * What happened: purchases as they were made, and beside them what refunds took from any purchase. Kopecks and hundredths
 * of a point. The first page counts by these sums too, so that a day has one set of figures.
 */
export interface SumsRow {
  purchases: string;
  /** Purchases on which points were spent. */
  redeeming: string;
  total_kopecks: string;
  earned_hundredths: string;
  redeemed_hundredths: string;
  refunds: string;
  /** What the goods that came back had cost, paid in money and in points. */
  refunded_kopecks: string;
  taken_back_hundredths: string;
  returned_hundredths: string;
}

export const NOTHING: SumsRow = {
  ...{ purchases: '0', redeeming: '0', total_kopecks: '0', earned_hundredths: '0', redeemed_hundredths: '0' },
  ...{ refunds: '0', refunded_kopecks: '0', taken_back_hundredths: '0', returned_hundredths: '0' },
};

export interface DaySumsRow extends SumsRow {
  day: string;
}

export interface StationSumsRow extends SumsRow {
  id: string;
  name: string;
  city: string;
}

/** Confirmed purchases when they happened, and refunds when those happened. */
const HAPPENED = `(
  select station_id, occurred_at, 1 as receipts, (redeemed_hundredths > 0)::int as redeeming, total_kopecks,
         earned_hundredths, redeemed_hundredths, 0 as refunds, 0 as refunded_kopecks, 0 as taken_back_hundredths,
         0 as returned_hundredths
  from purchase
  where state = 'confirmed' and occurred_at >= $1 and occurred_at < $2 and ($3::uuid is null or station_id = $3)
  union all
  select p.station_id, r.occurred_at, 0, 0, 0, 0, 0, 1, r.sum_kopecks + r.returned_hundredths, r.taken_back_hundredths,
         r.returned_hundredths
  from refund r join purchase p on p.id = r.purchase_id
  where r.occurred_at >= $1 and r.occurred_at < $2 and ($3::uuid is null or p.station_id = $3)
) happened`;
const SUMS = `
  coalesce(sum(receipts), 0) as purchases, coalesce(sum(redeeming), 0) as redeeming,
  coalesce(sum(total_kopecks), 0) as total_kopecks, coalesce(sum(earned_hundredths), 0) as earned_hundredths,
  coalesce(sum(redeemed_hundredths), 0) as redeemed_hundredths, coalesce(sum(refunds), 0) as refunds,
  coalesce(sum(refunded_kopecks), 0) as refunded_kopecks,
  coalesce(sum(taken_back_hundredths), 0) as taken_back_hundredths,
  coalesce(sum(returned_hundredths), 0) as returned_hundredths`;

export async function sumsOf(sql: Sql, { from, until }: Span, stationId: string | null): Promise<SumsRow> {
  const [row] = await sql.query<SumsRow>(`select ${SUMS} from ${HAPPENED}`, [from, until, stationId]);
  return row as SumsRow;
}

/** Days on which something was bought or given back. */
export function daySums(sql: Sql, { from, until }: Span, stationId: string | null, zone: string) {
  return sql.query<DaySumsRow>(
    `select to_char(occurred_at at time zone $4, 'YYYY-MM-DD') as day, ${SUMS}
     from ${HAPPENED} group by 1 order by 1`,
    [from, until, stationId, zone],
  );
}

/** Stations where something was bought or given back, best first. */
export function stationSums(sql: Sql, { from, until }: Span, stationId: string | null) {
  return sql.query<StationSumsRow>(
    `select s.id, s.name, s.city, sums.* from (
       select station_id, ${SUMS} from ${HAPPENED} group by station_id
     ) sums join station s on s.id = sums.station_id order by sums.total_kopecks desc, s.number`,
    [from, until, stationId],
  );
}
