import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { PromotionAction, PromotionState, StoredPromotion } from '../../loyalty/promotions/promotions.service.js';
import type { PromotionTerms } from '../../loyalty/promotions/promotion-terms.js';
import { Clock } from '../../shared/clock.js';

export interface VersionRow {
  version: number;
  action: PromotionAction;
  state: PromotionState;
  terms: PromotionTerms;
  changed_at: string;
  changed_by: string | null;
}

export interface CostRow {
  points: string;
  receipts: number;
  customers: number;
}

@Injectable()
export class PromotionQueries {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** All of them, with what they cost this month, without what refunds took back: a chain makes dozens a year. */
  list(): Promise<(StoredPromotion & { cost: string })[]> {
    return this.database.query<StoredPromotion & { cost: string }>(
      `select p.id, p.number, p.state, p.version, p.terms,
              (select coalesce(sum(u.points_hundredths), 0)::text from promotion_use u
               where u.promotion_id = p.id and u.day >= $1::date) as cost
       from promotion p order by p.number desc limit 500`,
      [this.firstOfMonth()],
    );
  }

  async costSince(id: string, day: string): Promise<CostRow> {
    const [row] = await this.database.query<CostRow>(
      `select coalesce(sum(points_hundredths), 0)::text as points, coalesce(sum(receipts), 0)::int as receipts,
              (count(distinct account_id) filter (where receipts > 0))::int as customers
       from promotion_use where promotion_id = $1 and day >= $2::date`,
      [id, day],
    );
    return row!;
  }

  /** Newest first. */
  versions(id: string): Promise<VersionRow[]> {
    return this.database.query<VersionRow>(
      `select v.version, v.action, v.state, v.terms, v.changed_at, staff.name as changed_by
       from promotion_version v left join staff on staff.id = v.changed_by
       where v.promotion_id = $1 order by v.version desc limit 200`,
      [id],
    );
  }

  stations(): Promise<{ id: string; number: number; name: string }[]> {
    return this.database.query('select id, number, name from station order by number');
  }

  today(): string {
    return DateTime.fromJSDate(this.clock.now(), { zone: this.config.timeZone }).toISODate()!;
  }

  firstOfMonth(): string {
    return `${this.today().slice(0, 7)}-01`;
  }
}
