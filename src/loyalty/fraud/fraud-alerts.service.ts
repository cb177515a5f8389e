import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';

export type Verdict = 'looked_at' | 'dismissed';

/** What staff do with alerts. */
@Injectable()
export class FraudAlerts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Closes an open alert: looked at means that something was done about it, dismissed that nothing had to be. Throws
   * `not_found`, and `alert_judged` where somebody was quicker.
   */
  async judge(id: string, verdict: Verdict, note: string | null, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const judged = await sql.query<{ rule: string; value: string }>(
        `update fraud_alert set state = $2, note = $3, judged_by = $4, judged_at = $5, judged_value = value
         where id = $1 and state = 'open' returning rule, value`,
        [id, verdict, note, actor.id, this.clock.now()],
      );
      const [alert] = judged;
      if (!alert) throw await this.refusal(id);
      const { rule, value } = alert;
      await this.audit.record(sql, {
        ...{ actor, action: `alert.${verdict}`, object: { kind: 'alert', id } },
        facts: { rule, value: Number(value) },
      });
    });
  }

  /** Opens a judged alert again; the note stays. Throws `not_found`. */
  async reopen(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const opened = await sql.query(
        `update fraud_alert set state = 'open', judged_by = null, judged_at = null, judged_value = null
         where id = $1 and state <> 'open' returning id`,
        [id],
      );
      if (opened.length > 0) {
        await this.audit.record(sql, { actor, action: 'alert.reopened', object: { kind: 'alert', id } });
      } else if ((await this.refusal(id)).code === 'not_found') {
        throw new DomainError('not_found', 'not_found');
      }
    });
  }

  private async refusal(id: string): Promise<DomainError> {
    const [known] = await this.database.query('select id from fraud_alert where id = $1', [id]);
    return known ? new DomainError('alert_judged', 'conflict') : new DomainError('not_found', 'not_found');
  }
}
