import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { presentEdition } from '../present-edition.js';
import { type Edition, OpenPromotions } from './open-promotions.js';
import { type Needs, needsOf, readFacts } from './promotion-facts.js';
import { PromotionRule } from './promotion-rule.js';
import type { Promotion } from './promotion-terms.js';
import { type DatedRule, PromotionTimeline } from './promotion-timeline.js';

type DatedPromotion = Promotion & { since: string | null; until: string | null };

interface EditionRow {
  edition: string;
  present: DatedPromotion[] | null;
  past: DatedPromotion[] | null;
  zones: Record<string, string> | null;
}

/** A receipt may be a week old, and days begin earlier elsewhere. */
const LATE_DAYS = 9;
const DAY_MS = 86_400_000;

/**
 * One statement, so that the number and what it numbers are of one moment. A change counts from the minute it was made in:
 * receipts often say no more.
 */
const READ = `
  select e.edition::text,
         (select json_agg(json_build_object('id', p.id, 'number', p.number, 'terms', p.terms, 'since', (
            select date_trunc('minute', v.changed_at) from promotion_version v
            where v.promotion_id = p.id and v.version = p.version)))
          from promotion p
          where p.state = 'published' and coalesce((p.terms ->> 'lastDay')::date >= $1::date, true)) as present,
         (select json_agg(json_build_object('id', p.id, 'number', p.number, 'terms', v.terms,
                                            'since', v.since, 'until', v.until))
          from (select promotion_id, state, terms, date_trunc('minute', changed_at) as since,
                       lead(date_trunc('minute', changed_at)) over (partition by promotion_id order by version) as until
                from promotion_version) v
          join promotion p on p.id = v.promotion_id
          where v.state = 'published' and v.until > v.since and v.until >= $1::date) as past,
         (select json_object_agg(s.id, s.time_zone) from station s) as zones
  from promotion_edition e`;

interface Kept extends Edition {
  /** What has to be known to judge purchases of now, and such as come late. */
  needs: Needs;
  lateNeeds: Needs;
}

/** The promotions that purchases are judged by. A process keeps them ready in its memory while their edition is the present one. */
@Injectable()
export class ActivePromotions {
  private kept: Kept | null = null;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the promotions for purchases on these accounts, none of them before `earliest`. To be asked behind the accounts' locks
   * where what they give is to be recorded; for a quote without.
   */
  async open(
    sql: Sql,
    accountIds: readonly string[],
    earliest: Date,
    edition = presentEdition(sql),
  ): Promise<OpenPromotions> {
    const since = new Date(earliest.getTime() - DAY_MS).toISOString().slice(0, 10);
    const { kept } = this;
    const [present, facts] = await Promise.all([
      edition,
      kept && readFacts(sql, needsSince(kept, earliest), accountIds, since),
    ]);
    if (kept && facts && kept.number === present) return this.opened(kept, facts);
    const fresh = (this.kept = await this.read(sql));
    return this.opened(fresh, await readFacts(sql, needsSince(fresh, earliest), accountIds, since));
  }

  private opened(edition: Edition, facts: Awaited<ReturnType<typeof readFacts>>): OpenPromotions {
    return new OpenPromotions(edition, facts, this.config.timeZone);
  }

  private async read(sql: Sql): Promise<Kept> {
    const oldest = new Date(this.clock.now().getTime() - LATE_DAYS * DAY_MS).toISOString().slice(0, 10);
    const [row] = await sql.query<EditionRow>(READ, [oldest]);
    const versions = [...(row?.present ?? []), ...(row?.past ?? [])].map((one) => this.dated(one));
    const timeline = new PromotionTimeline(versions);
    const zones = new Map(Object.entries(row?.zones ?? {}));
    const needs = { needs: needsOf(timeline.present), lateNeeds: needsOf(timeline.all) };
    return { number: row?.edition ?? '', timeline, zones, ...needs };
  }

  private dated({ since, until, ...promotion }: DatedPromotion): DatedRule {
    const date = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
    return { rule: new PromotionRule(promotion, this.config.programme), since: date(since), until: date(until) };
  }
}

function needsSince({ timeline, needs, lateNeeds }: Kept, earliest: Date): Needs {
  return timeline.isPresent(earliest) ? needs : lateNeeds;
}
