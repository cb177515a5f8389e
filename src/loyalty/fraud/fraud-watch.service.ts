import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { allowLonger, Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { patternSql } from './pattern.sql.js';
import { ruleOf, type VelocityRuleCode } from './velocity-rules.js';

interface Sighting {
  subject: string;
  card_number: string | null;
  terminal_id: string | null;
  customer_id: string | null;
  day: string;
  value: string;
  began_at: string;
  ended_at: string;
}

/**
 * Each look goes back so far: a transaction may be committed later than its rows say, and a purchase that was held is
 * confirmed up to a quarter of an hour after it was written.
 */
const MARGIN = '30 minutes';
const STATEMENT_TIMEOUT_MS = 60_000;
/** What somebody has judged is open again when it has grown to so many times what they saw. */
const GROWN = 2;

/** Looks at new purchases for the patterns of fraud and raises alerts: after the fact, so tills never wait for it. */
@Injectable()
export class FraudWatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Judges what was written since the last look and answers how many alerts were raised or grew. Whatever is seen twice,
   * by this worker or another, is one alert for its rule, subject and day of the programme.
   */
  watch(): Promise<number> {
    return this.database.transaction(async (sql) => {
      await allowLonger(sql, STATEMENT_TIMEOUT_MS);
      const [look] = await sql.query<{ since: string; until: string }>(
        `select looked_until - interval '${MARGIN}' as since, now() as until from fraud_watch for update`,
      );
      const limits = await sql.query<{ rule: VelocityRuleCode; threshold: string }>(
        'select rule, threshold from velocity_limit where watched order by rule',
      );
      let raised = 0;
      for (const { rule, threshold } of limits) {
        const sightings = await sql.query<Sighting>(patternSql(ruleOf(rule)), [
          look!.since,
          this.config.timeZone,
          threshold,
        ]);
        for (const sighting of sightings) raised += await this.raise(sql, rule, threshold, sighting);
      }
      await sql.query('update fraud_watch set looked_until = $1', [look!.until]);
      return raised;
    });
  }

  private async raise(sql: Sql, rule: string, threshold: string, seen: Sighting): Promise<number> {
    const changed = await sql.query(
      `insert into fraud_alert (id, rule, subject, card_number, terminal_id, customer_id, day, value, threshold,
         began_at, ended_at, raised_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (rule, subject, day) do update set
         value = excluded.value, threshold = excluded.threshold, began_at = excluded.began_at,
         ended_at = excluded.ended_at,
         state = case when excluded.value >= fraud_alert.judged_value * ${GROWN} then 'open' else fraud_alert.state end,
         judged_by = case when excluded.value >= fraud_alert.judged_value * ${GROWN} then null else fraud_alert.judged_by end
       where excluded.value > fraud_alert.value
       returning id`,
      [
        ...[newId(), rule, seen.subject, seen.card_number, seen.terminal_id, seen.customer_id, seen.day, seen.value],
        ...[threshold, seen.began_at, seen.ended_at, this.clock.now()],
      ],
    );
    return changed.length;
  }
}
