import type { Sql } from '../../../infra/database/sql.js';
import type { Span } from '../../queries/today.queries.js';

/** Confirmed purchases: kopecks and hundredths of a point. */
export interface SumsRow {
  purchases: string;
  /** Purchases on which points were spent. */
  redeeming: string;
  total_kopecks: string;
  earned_hundredths: string;
  redeemed_hundredths: string;
}

export interface DaySumsRow extends SumsRow {
  day: string;
}

export interface StationSumsRow extends SumsRow {
  id: string;
  name: string;
  city: string;
}

const SUMS = `
  count(*) as purchases, count(*) filter (where redeemed_hundredths > 0) as redeeming,
  coalesce(sum(total_kopecks), 0) as total_kopecks, coalesce(sum(earned_hundredths), 0) as earned_hundredths,
  coalesce(sum(redeemed_hundredths), 0) as redeemed_hundredths`;
const COUNTED = `
  state = 'confirmed' and occurred_at >= $1 and occurred_at < $2 and ($3::uuid is null or station_id = $3)`;

export async function sumsOf(sql: Sql, { from, until }: Span, stationId: string | null): Promise<SumsRow> {
  const [row] = await sql.query<SumsRow>(`select ${SUMS} from purchase where ${COUNTED}`, [from, until, stationId]);
  return row as SumsRow;
}

/** Days on which something was bought. */
export function daySums(sql: Sql, { from, until }: Span, stationId: string | null, zone: string) {
  return sql.query<DaySumsRow>(
    `select to_char(occurred_at at time zone $4, 'YYYY-MM-DD') as day, ${SUMS}
     from purchase where ${COUNTED} group by 1 order by 1`,
    [from, until, stationId, zone],
  );
}

/** Stations where something was bought, best first. */
export function stationSums(sql: Sql, { from, until }: Span, stationId: string | null) {
  return sql.query<StationSumsRow>(
    `select s.id, s.name, s.city, sums.* from (
       select station_id, ${SUMS} from purchase where ${COUNTED} group by station_id
     ) sums join station s on s.id = sums.station_id order by sums.total_kopecks desc, s.number`,
    [from, until, stationId],
  );
}
