import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface StationDayRow {
  id: string;
  name: string;
  purchases: string;
  total_kopecks: string;
  earned_hundredths: string;
  redeemed_hundredths: string;
}

export interface Span {
  from: Date;
  until: Date;
}

const SUMS = `
  count(*) as purchases, coalesce(sum(total_kopecks), 0) as total_kopecks,
  coalesce(sum(earned_hundredths), 0) as earned_hundredths,
  coalesce(sum(redeemed_hundredths), 0) as redeemed_hundredths`;
const COUNTED = `state = 'confirmed' and occurred_at >= $1 and occurred_at < $2`;

/** What the first page of the back office tells about the programme. */
@Injectable()
export class TodayQueries {
  constructor(private readonly database: Database) {}

  /** Stations by what they sold, best first. */
  stations({ from, until }: Span): Promise<StationDayRow[]> {
    return this.database.query<StationDayRow>(
      `select s.id, s.name, sums.* from (
         select station_id, ${SUMS} from purchase where ${COUNTED} group by station_id
         order by sum(total_kopecks) desc, station_id limit 5
       ) sums join station s on s.id = sums.station_id order by sums.total_kopecks desc, s.number`,
      [from, until],
    );
  }

  async activations({ from, until }: Span): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `select count(*) from activation where completed_at >= $1 and completed_at < $2`,
      [from, until],
    );
    return Number(row?.count ?? 0);
  }

  /** Points that the programme owes: hundredths. Whoever is in debt does not lessen what others may spend. */
  async liability(): Promise<bigint> {
    const [row] = await this.database.query<{ owed: string }>(
      `select coalesce(sum(balance), 0) as owed from account where kind in ('points', 'held') and balance > 0`,
    );
    return BigInt(row?.owed ?? 0);
  }
}
