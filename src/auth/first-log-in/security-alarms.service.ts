import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';

export interface SecurityAlarm {
  id: string;
  kind: 'first_password_spray';
  phones: number;
  began_at: string;
  seen_at: string;
}

/** What the doors noticed, until somebody has taken note of it. */
@Injectable()
export class SecurityAlarms {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The latest first; at most twenty. */
  open(): Promise<SecurityAlarm[]> {
    return this.database.query<SecurityAlarm>(
      `select id, kind, phones, began_at, seen_at from security_alarm
       where acknowledged_at is null order by seen_at desc limit 20`,
    );
  }

  /** Twice is as good as once. An alarm that grows afterwards is open again. */
  async acknowledge(id: string, clerk: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const taken = await sql.query(
        `update security_alarm set acknowledged_by = $2, acknowledged_at = $3
         where id = $1 and acknowledged_at is null returning id`,
        [id, clerk.id, this.clock.real()],
      );
      if (taken.length === 0) return;
      await this.audit.record(sql, {
        actor: clerk,
        action: 'alarm.acknowledged',
        object: { kind: 'security_alarm', id },
      });
    });
  }
}
