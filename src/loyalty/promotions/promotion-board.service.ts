import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import type { PromotionTerms } from './promotion-terms.js';

export interface ShownPromotion {
  title: string;
  titleEn: string | null;
  text: string | null;
  textEn: string | null;
  firstDay: string | null;
  lastDay: string | null;
  /** Whether its first day lies ahead. */
  soon: boolean;
}

const MOST = 50;
const AHEAD_DAYS = 14;

/** What customers may read of promotions: those of today and of the coming fortnight. */
@Injectable()
export class PromotionBoard {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** One for a segment is told only to those in it. Those that end first come first. */
  async forCustomer(customerId: string): Promise<ShownPromotion[]> {
    const today = DateTime.fromJSDate(this.clock.now(), { zone: this.config.timeZone });
    const rows = await this.database.query<{ terms: PromotionTerms }>(
      `select p.terms from promotion p
       where p.state = 'published'
         and coalesce(p.terms ->> 'lastDay' >= $1, true) and coalesce(p.terms ->> 'firstDay' <= $2, true)
         and (p.terms ->> 'segmentId' is null or exists (
           select from segment_member m
           where m.segment_id = (p.terms ->> 'segmentId')::uuid and m.customer_id = $3))
       order by coalesce(p.terms ->> 'firstDay', '') > $1, p.terms ->> 'lastDay' nulls last, p.number limit ${MOST}`,
      [today.toISODate(), today.plus({ days: AHEAD_DAYS }).toISODate(), customerId],
    );
    return rows.map(({ terms: { title, titleEn, text, textEn, firstDay, lastDay } }) => ({
      ...{ title, titleEn, text, textEn, firstDay, lastDay },
      soon: firstDay !== null && firstDay > today.toISODate()!,
    }));
  }
}
