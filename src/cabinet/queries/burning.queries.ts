import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

export interface BurningDayRow {
  expires_at: string;
  /** Hundredths of a point. */
  remaining: string;
}

@Injectable()
export class BurningQueries {
  constructor(private readonly database: Database) {}

  /** All days on which points of the customer will burn, soonest first. */
  days(customerId: string, now: Date): Promise<BurningDayRow[]> {
    return this.database.query<BurningDayRow>(
      `select d.expires_at, d.remaining from customer c join lot_day d on d.account_id = c.points_account_id
       where c.id = $1 and d.expires_at > $2 order by d.expires_at`,
      [customerId, now],
    );
  }
}
