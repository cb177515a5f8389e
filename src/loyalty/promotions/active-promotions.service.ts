import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { presentEdition } from '../present-edition.js';
import { type Edition, OpenPromotions } from './open-promotions.js';
import { needsOf, readFacts } from './promotion-facts.js';
import { byPriority, PromotionRule } from './promotion-rule.js';
import type { Promotion } from './promotion-terms.js';

interface EditionRow {
  edition: string;
  promotions: Promotion[] | null;
  zones: Record<string, string> | null;
}

/** A receipt may be a week old, and days begin earlier elsewhere. */
const LATE_DAYS = 9;
const DAY_MS = 86_400_000;

/** One statement, so that the number and what it numbers are of one moment. */
const READ = `
  select e.edition::text,
         (select json_agg(json_build_object('id', p.id, 'number', p.number, 'terms', p.terms)) from promotion p
          where p.state = 'published' and coalesce((p.terms ->> 'lastDay')::date >= $1::date, true)) as promotions,
         (select json_object_agg(s.id, s.time_zone) from station s) as zones
  from promotion_edition e`;

/** The promotions that purchases are judged by. A process keeps them ready in its memory while their edition is the present one. */
@Injectable()
export class ActivePromotions {
  private kept: (Edition & { needs: ReturnType<typeof needsOf> }) | null = null;

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
    const [present, facts] = await Promise.all([edition, kept && readFacts(sql, kept.needs, accountIds, since)]);
    if (kept && facts && kept.number === present) return this.opened(kept, facts);
    const fresh = (this.kept = await this.read(sql));
    return this.opened(fresh, await readFacts(sql, fresh.needs, accountIds, since));
  }

  private opened(edition: Edition, facts: Awaited<ReturnType<typeof readFacts>>): OpenPromotions {
    return new OpenPromotions(edition, facts, this.config.timeZone);
  }

  private async read(sql: Sql): Promise<NonNullable<typeof this.kept>> {
    const oldest = new Date(this.clock.now().getTime() - LATE_DAYS * DAY_MS).toISOString().slice(0, 10);
    const [row] = await sql.query<EditionRow>(READ, [oldest]);
    const promotions = row?.promotions ?? [];
    const rules = promotions.map((one) => new PromotionRule(one, this.config.programme)).sort(byPriority);
    const zones = new Map(Object.entries(row?.zones ?? {}));
    return { number: row?.edition ?? '', rules, zones, needs: needsOf(rules) };
  }
}
