import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { RULE_CODES, ruleOf, type VelocityRule, type VelocityRuleCode } from './velocity-rules.js';

export interface VelocityLimit extends VelocityRule {
  /** Receipts, or hundredths of a point: what is above it raises an alert. */
  threshold: bigint;
  watched: boolean;
  /** Whether a purchase above it is refused, not only alerted. */
  blocks: boolean;
}

export interface LimitChange {
  code: VelocityRuleCode;
  /** Null stops the watching; the limit is remembered. */
  threshold: bigint | null;
  blocks: boolean;
}

/** How much is too much. A change holds for what is bought from then on; alerts that were raised stay. */
@Injectable()
export class VelocityLimits {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<VelocityLimit[]> {
    const rows = await this.database.query<{
      rule: VelocityRuleCode;
      threshold: string;
      watched: boolean;
      blocks: boolean;
    }>('select rule, threshold, watched, blocks from velocity_limit');
    return RULE_CODES.flatMap((code) =>
      rows
        .filter(({ rule }) => rule === code)
        .map(({ threshold, ...row }) => ({ ...ruleOf(code), threshold: BigInt(threshold), ...row })),
    );
  }

  /** Sets what differs from before, each with a line in the audit log. */
  async change(changes: readonly LimitChange[], actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      for (const { code, threshold, blocks } of changes) {
        const changed = await sql.query(
          `update velocity_limit
           set threshold = coalesce($2, threshold), watched = $2::bigint is not null, blocks = $4, changed_at = $3
           where rule = $1 and (threshold, watched, blocks)
             is distinct from (coalesce($2, threshold), $2::bigint is not null, $4::boolean) returning rule`,
          [code, threshold, this.clock.now(), blocks],
        );
        if (changed.length === 0) continue;
        await this.audit.record(sql, {
          ...{ actor, action: 'velocity_limit.changed', object: { kind: 'velocity_limit', id: code } },
          facts: { threshold: threshold === null ? 'off' : Number(threshold), blocks },
        });
      }
    });
  }
}
