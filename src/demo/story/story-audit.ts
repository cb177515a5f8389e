import { type AuditEntry, AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Clock } from '../../shared/clock.js';

/** The audit log of the story, whose entries are as old as what they tell about. */
export class StoryAudit extends AuditLog {
  constructor(private readonly clock: Clock) {
    super();
  }

  override async record(sql: Sql, { actor, action, object, facts = {} }: AuditEntry): Promise<void> {
    await sql.query(
      `insert into audit_log (at, actor_kind, actor_id, action, object_kind, object_id, facts)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [this.clock.now(), actor.kind, actor.id ?? null, action, object.kind, object.id, JSON.stringify(facts)],
    );
  }
}
