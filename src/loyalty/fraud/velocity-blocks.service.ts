import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { MEASURES, SUBJECTS } from './pattern.sql.js';
import { type Buying, OpenBlocks } from './open-blocks.js';
import { ruleOf, type VelocityRule, type VelocityRuleCode } from './velocity-rules.js';

interface LimitRow {
  edition: string;
  /** Null where none is set. */
  rule: VelocityRuleCode | null;
  threshold: string;
}

interface KeptLimits {
  edition: string;
  limits: { rule: VelocityRule; threshold: bigint }[];
}

/** One statement, so that the number and what it numbers are of one moment. */
const READ = `
  select e.edition::text, l.rule, l.threshold::text
  from promotion_edition e left join velocity_limit l on l.blocks and l.watched`;

/** The limits that are set to block. Most installations have none, and a process remembers that: then nothing is asked. */
@Injectable()
export class VelocityBlocks {
  private kept: KeptLimits = { edition: '', limits: [] };

  constructor(private readonly config: Config) {}

  /** Opens them for purchases made now. To be asked behind the accounts' locks where they are registered. */
  async open(sql: Sql, buyings: readonly Buying[], now: Date, edition: Promise<string>): Promise<OpenBlocks> {
    if (this.kept.edition !== (await edition)) this.kept = await this.read(sql);
    const { limits } = this.kept;
    return new OpenBlocks(
      await Promise.all(
        limits.map(async ({ rule, threshold }) => ({
          ...{ rule, threshold },
          spent: await this.used(sql, rule, buyings, now),
        })),
      ),
    );
  }

  private async read(sql: Sql): Promise<KeptLimits> {
    const rows = await sql.query<LimitRow>(READ);
    const limits = rows.flatMap(({ rule, threshold }) =>
      rule === null ? [] : [{ rule: ruleOf(rule), threshold: BigInt(threshold) }],
    );
    return { edition: rows[0]?.edition ?? '', limits };
  }

  private async used(
    sql: Sql,
    rule: VelocityRule,
    buyings: readonly Buying[],
    now: Date,
  ): Promise<Map<string, bigint>> {
    const columns = SUBJECTS[rule.of];
    const subject = `concat_ws(':', ${columns.join(', ')})`;
    const rows = await sql.query<{ subject: string; value: string }>(
      `select ${subject} as subject, sum(${MEASURES[rule.measure]}) as value
       from purchase p join card on card.number = p.card_number
       where p.state in ('held', 'confirmed') and p.occurred_at > $1
         and ${WHOSE[rule.of]} group by 1`,
      [this.windowStart(rule, now), [...new Set(buyings.flatMap((buying) => narrowest(rule, buying) ?? []))]],
    );
    return new Map(rows.map(({ subject: who, value }) => [who, BigInt(value)]));
  }

  private windowStart({ window }: VelocityRule, now: Date): Date {
    const moment = DateTime.fromJSDate(now, { zone: this.config.timeZone });
    return (window === 'hour' ? moment.minus({ hours: 1 }) : moment.startOf('day').minus(1)).toJSDate();
  }
}

/** By the index that finds the fewest receipts. */
const WHOSE: Record<VelocityRule['of'], string> = {
  card: 'p.card_number = any($2::text[])',
  card_at_terminal: 'p.card_number = any($2::text[])',
  customer: 'card.customer_id = any($2::uuid[])',
  terminal: 'p.terminal_id = any($2::uuid[])',
};

function narrowest({ of }: VelocityRule, { cardNumber, terminalId, customerId }: Buying): string | null {
  return of === 'customer' ? customerId : of === 'terminal' ? terminalId : cardNumber;
}
