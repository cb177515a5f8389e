import { Database } from '../../src/infra/database/database.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { OperatorChannels } from '../../src/tasks/operator-channels.service.js';
import { OperatorTasks } from '../../src/tasks/operator-tasks.service.js';
import type { StoredTask, TaskChannel, TaskDetails } from '../../src/tasks/operator-task.js';
import { customer } from '../auth/people.js';
import { type Subscriber, subscriber } from '../lines/subscriber.js';
import { operatorId } from '../sims/deliveries.js';
import type { TestApp } from '../support/app.js';

export const TELECOM = { LINES: 'loyalty,telecom', ORDERS_PER_IP_HOUR: '500', ORDERS_PER_PREFIX_HOUR: '500' };

export interface AskedTask {
  id: string;
  number: string;
  line: Subscriber;
  /** `/admin/tasks/…` */
  path: string;
}

type Kind = Exclude<TaskDetails['kind'], 'change_tariff' | 'replace_sim' | 'port'>;

/** МегаФон has to do something for a new subscriber: with a number that works, rests, or waits to be switched on. */
export async function ask(app: TestApp, kind: Kind = 'suspend', line?: Subscriber): Promise<AskedTask> {
  const whose = line ?? (await subscriber(app, await customer(app)));
  const { number, lineId } = whose;
  const details: TaskDetails = kind === 'activate' ? { kind, number, tariff: 'Без переплат' } : { kind, number };
  const operator = await operatorId(app);
  const state = { activate: 'handed_over', suspend: 'active', resume: 'suspended' }[kind];
  await app.database.query(
    `update line set state = $2, activated_at = case when $2 <> 'handed_over' then opened_at end where id = $1`,
    [lineId, state],
  );
  const id = await app
    .get(Database)
    .transaction((sql) => app.get(OperatorTasks).open(sql, { operatorId: operator, lineId, details, actor: SYSTEM }));
  const task = await taskRow(app, id);
  return { id, number: task.number, line: whose, path: `/admin/tasks/${id}` };
}

export async function taskRow(app: TestApp, id: string): Promise<StoredTask> {
  const [row] = await app.database.query<StoredTask>('select * from operator_task where id = $1', [id]);
  return row!;
}

/** What happened to it, in order. */
export async function happened(app: TestApp, id: string): Promise<string[]> {
  const rows = await app.database.query<{ kind: string }>(
    'select kind from operator_task_event where task_id = $1 order by seq',
    [id],
  );
  return rows.map(({ kind }) => kind);
}

/** МегаФон is reached by files, or by clerks, from now on. */
export async function agree(app: TestApp, channel: TaskChannel, promiseMinutes = 60): Promise<void> {
  const channels = app.get(OperatorChannels);
  const operator = await operatorId(app);
  const { revision } = await channels.of(app.get(Database), operator);
  await channels.set(operator, { channel, promiseMinutes, revision }, SYSTEM);
}
