import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';

export interface AuditEntry {
  actor: Actor;
  /** Noun and verb, as `customer.logged_in` or `terminal_key.issued`. */
  action: string;
  object: { kind: string; id: string };
  /** Ids, states and counts; never a phone, a name, a code or a password. */
  facts?: Record<string, unknown>;
  ip?: string;
  requestId?: string;
}

/** Who did what to which object. Rows are only added, in the transaction of what they tell about. */
@Injectable()
export class AuditLog {
  async record(sql: Sql, { actor, action, object, facts = {}, ip, requestId }: AuditEntry): Promise<void> {
    await sql.query(
      `insert into audit_log (actor_kind, actor_id, action, object_kind, object_id, facts, ip, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        actor.kind,
        actor.id ?? null,
        action,
        object.kind,
        object.id,
        JSON.stringify(facts),
        ip ?? null,
        requestId ?? null,
      ],
    );
  }
}
