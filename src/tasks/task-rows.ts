import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import type { StoredTask, TaskEventKind } from './operator-task.js';
import { TaskNotFound } from './tasks.errors.js';

export const TASK_COLUMNS = `id, number, revision, operator_id, line_id, kind, details, channel, state, assignee_id, attempts, due_at,
  promised_at, created_at, sent_at, closed_at, reference`;

export interface TaskEvent {
  taskId: string;
  kind: TaskEventKind;
  words?: string | null;
  /** As the operator says. */
  saidAt?: Date | null;
  actor: Actor;
  at: Date;
}

/** As it is now, without holding anybody up. Throws TaskNotFound. */
export async function readTask(sql: Sql, id: string): Promise<StoredTask> {
  return expectTask(await sql.query<StoredTask>(`select ${TASK_COLUMNS} from operator_task where id = $1`, [id]));
}

/** Locks it for the transaction. Throws TaskNotFound. */
export async function lockTask(sql: Sql, id: string): Promise<StoredTask> {
  const found = await sql.query<StoredTask>(`select ${TASK_COLUMNS} from operator_task where id = $1 for update`, [id]);
  return expectTask(found);
}

/** The task with some of it changed, one revision on. */
export async function saveTask(sql: Sql, before: StoredTask, changes: Partial<StoredTask>): Promise<StoredTask> {
  const after = { ...before, ...changes, revision: before.revision + 1 };
  await sql.query(
    `update operator_task set revision = $2, channel = $3, state = $4, assignee_id = $5, attempts = $6, due_at = $7, sent_at = $8,
       closed_at = $9, reference = $10 where id = $1`,
    [
      ...[after.id, after.revision, after.channel, after.state, after.assignee_id, after.attempts, after.due_at],
      ...[after.sent_at, after.closed_at, after.reference],
    ],
  );
  return after;
}

export async function writeTaskEvent(sql: Sql, { taskId, kind, words, saidAt, actor, at }: TaskEvent): Promise<void> {
  await sql.query(
    `insert into operator_task_event (task_id, kind, words, said_at, actor_kind, actor_id, at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [taskId, kind, words ?? null, saidAt ?? null, actor.kind, actor.id ?? null, at],
  );
}

function expectTask([task]: StoredTask[]): StoredTask {
  if (!task) throw new TaskNotFound();
  return task;
}
