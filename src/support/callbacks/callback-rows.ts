import type { Sql } from '../../infra/database/sql.js';
import { CallbackClosed, CallbackNotFound } from './callbacks.errors.js';
import { type CallbackStep, isOpen, STEPS, type StoredCallback } from './callback.js';

const SELECT = `select id, phone, language, state, version, due_at, at_chosen_time, assignee_id, taken_at, missed, outcome,
                       closed_at, closed_by from callback`;

/** Locks it for the transaction. Throws CallbackNotFound. */
export async function lockCallback(sql: Sql, id: string): Promise<StoredCallback> {
  const [callback] = await sql.query<StoredCallback>(`${SELECT} where id = $1 for update`, [id]);
  if (!callback) throw new CallbackNotFound();
  return callback;
}

/** Throws CallbackClosed. */
export function expectOpen(callback: StoredCallback): void {
  if (!isOpen(callback)) throw new CallbackClosed();
}

/** The callback after a step, with what the step says besides; out of hand unless it is claimed. */
export async function saveStep(
  sql: Sql,
  before: StoredCallback,
  step: CallbackStep,
  changes: Partial<StoredCallback> = {},
): Promise<StoredCallback> {
  const { to } = STEPS[step];
  const free = { assignee_id: null, taken_at: null };
  const after = { ...before, ...free, ...changes, state: to, version: before.version + 1 };
  await sql.query(
    `update callback set state = $2, version = $3, due_at = $4, at_chosen_time = $5, assignee_id = $6, taken_at = $7,
                         missed = $8, outcome = $9, closed_at = $10, closed_by = $11
     where id = $1`,
    [
      ...[after.id, after.state, after.version, after.due_at, after.at_chosen_time, after.assignee_id, after.taken_at],
      ...[after.missed, after.outcome, after.closed_at, after.closed_by],
    ],
  );
  return after;
}
