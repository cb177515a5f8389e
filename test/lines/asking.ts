import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { StoredTask, TaskEnding } from '../../src/tasks/operator-task.js';
import { OperatorTasks } from '../../src/tasks/operator-tasks.service.js';
import { customer } from '../auth/people.js';
import type { TestApp } from '../support/app.js';
import { type Subscriber, subscriber } from './subscriber.js';

/** A customer whose number works. */
export async function activeSubscriber(
  app: TestApp,
  usedBy: string | null = null,
  person?: { customerId: string; phone: string },
): Promise<Subscriber> {
  const made = await subscriber(app, person ?? (await customer(app)), usedBy);
  await app.get(Database).transaction((sql) => app.get(Lines).activate(sql, made.lineId, SYSTEM));
  return made;
}

/** What the operator is busy with for a line. */
export async function openTask(app: TestApp, lineId: string): Promise<StoredTask> {
  const task = await app.get(OperatorTasks).openTaskOf(app.get(Database), lineId);
  if (!task) throw new Error('the operator is not busy');
  return task;
}

/** As the desk of tasks or an operator's file ends it. */
export function endTask(app: TestApp, taskId: string, how: TaskEnding, words: string | null = null): Promise<unknown> {
  return app.get(Database).transaction((sql) => app.get(OperatorTasks).end(sql, taskId, how, { actor: SYSTEM, words }));
}

export async function endOpenTask(app: TestApp, lineId: string, how: TaskEnding, words?: string): Promise<void> {
  await endTask(app, (await openTask(app, lineId)).id, how, words);
}

export async function lineRow(app: TestApp, id: string): Promise<Record<string, unknown>> {
  const [row] = await app.database.query('select * from line where id = $1', [id]);
  return row!;
}

/** What happened to it, in order. */
export async function happenings(app: TestApp, lineId: string): Promise<string[]> {
  const rows = await app.database.query<{ kind: string }>(
    'select kind from line_event where line_id = $1 order by seq',
    [lineId],
  );
  return rows.map(({ kind }) => kind);
}
