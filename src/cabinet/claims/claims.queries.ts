import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface ClaimListRow {
  id: string;
  state: 'waiting' | 'review' | 'credited' | 'refused' | 'expired';
  reason: string | null;
  /** Why staff refused it, in their words. */
  decision: string | null;
  /** By the station's clock. */
  printed_at: string;
  sum_kopecks: string;
  claimed_at: string;
  purchase_id: string | null;
  earned_hundredths: string | null;
  /** What refunds took back of it; null where nothing was. */
  taken_back_hundredths: string | null;
  station: string | null;
}

const SHOWN = 50;

@Injectable()
export class ClaimQueries {
  constructor(private readonly database: Database) {}

  /** The customer's latest claims. */
  async list(customerId: string): Promise<ClaimListRow[]> {
    return this.database.query<ClaimListRow>(
      `select c.id, c.state, c.reason, c.decision, c.printed_at, c.sum_kopecks, c.claimed_at, c.purchase_id, p.earned_hundredths,
              (select sum(taken_back_hundredths) from refund where purchase_id = p.id) as taken_back_hundredths,
              case when c.state = 'credited' then s.name end as station
       from receipt_claim c left join purchase p on p.id = c.purchase_id left join station s on s.id = p.station_id
       where c.customer_id = $1 order by c.claimed_at desc, c.id desc limit ${SHOWN}`,
      [customerId],
    );
  }
}
