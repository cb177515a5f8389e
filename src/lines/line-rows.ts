import type { AuditLog } from '../audit/audit-log.service.js';
import type { Logins } from '../auth/logins/logins.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import type { EsiaState } from './esia/esia.js';
import type { LineState } from './line-state.js';
import { LineChanged, LineNotFound } from './lines.errors.js';

export type LineEvent =
  | 'opened'
  | 'activated'
  | 'user_changed'
  | 'ended'
  | 'suspended'
  | 'resumed'
  | 'tariff_changed'
  | 'number_changed'
  | 'sim_replaced'
  | `esia_${EsiaState}`;

export interface LockedLine {
  id: string;
  customer_id: string;
  operator_id: string;
  number: string;
  state: LineState;
  used_by: string | null;
  tariff_version_id: string;
  sim_id: string | null;
}

export interface Happening {
  line: Pick<LockedLine, 'id' | 'tariff_version_id'>;
  kind: LineEvent;
  actor: Actor;
  reason?: string;
  /** The operator's task that it came of. */
  taskId?: string;
  at: Date;
}

/** Locks it for the transaction. Throws LineNotFound. */
export async function lockLine(sql: Sql, lineId: string): Promise<LockedLine> {
  const [line] = await sql.query<LockedLine>(
    `select id, customer_id, operator_id, number, state, used_by, tariff_version_id, sim_id
     from line where id = $1 for update`,
    [lineId],
  );
  if (!line) throw new LineNotFound();
  return line;
}

/** The same behind its customer's login, for what changes how they come in. Throws LineChanged where they were just merged. */
export async function lockLineAndLogin(sql: Sql, logins: Logins, lineId: string): Promise<LockedLine> {
  const [seen] = await sql.query<{ customer_id: string }>('select customer_id from line where id = $1', [lineId]);
  if (!seen) throw new LineNotFound();
  await logins.lock(sql, [seen.customer_id]);
  const line = await lockLine(sql, lineId);
  if (line.customer_id !== seen.customer_id) throw new LineChanged();
  return line;
}

/** Into its history and the audit. */
export async function recordHappening(sql: Sql, audit: AuditLog, happening: Happening): Promise<void> {
  const { line, kind, actor, reason, taskId, at } = happening;
  await sql.query(
    `insert into line_event (line_id, kind, tariff_version_id, actor_kind, actor_id, reason, task_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [line.id, kind, line.tariff_version_id, actor.kind, actor.id ?? null, reason ?? null, taskId ?? null, at],
  );
  await audit.record(sql, { actor, action: `line.${kind}`, object: { kind: 'line', id: line.id } });
}
