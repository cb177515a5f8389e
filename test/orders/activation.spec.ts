import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { OperatorTasks } from '../../src/tasks/operator-tasks.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';
import { bring } from './bringing.js';
import { order, type Ordered, orderRow, TELECOM } from './ordering.js';

const app = useApp({ env: TELECOM });
const LIST = '/admin/orders';
let clerk: Visitor;
let clerkId: string;

beforeAll(async () => {
  const hired = await app.world.hire('operator');
  clerk = await app.signInStaff(hired);
  clerkId = hired.id;
});

const pathOf = ({ id }: Ordered) => `${LIST}/${id}`;

async function handedOver(): Promise<Ordered> {
  const [sim = ''] = await receive(app);
  const ordered = await order(app);
  await bring(app, clerkId, ordered.id, sim);
  const person = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
  const answer = await clerk.submit(pathOf(ordered), person, `${pathOf(ordered)}/hand-over`);
  if (answer.status !== 303) throw new Error(`not handed over: ${textOf(answer)}`);
  return ordered;
}

interface Task {
  id: string;
  state: string;
  details: { number: string; tariff: string };
}

/** The latest first. */
function tasksOf({ id }: Ordered): Promise<Task[]> {
  return app.database.query<Task>(
    `select t.id, t.state, t.details from operator_task t join line l on l.id = t.line_id where l.order_id = $1 order by t.number desc`,
    [id],
  );
}

const lineOf = async ({ id }: Ordered) => {
  const [line] = await app.database.query<{ id: string; number: string; state: string }>(
    'select id, number, state from line where order_id = $1',
    [id],
  );
  return line!;
};

describe('a number that waits to be switched on', () => {
  it('is a task of its operator from the hand-over on', async () => {
    const ordered = await handedOver();
    const { number } = await lineOf(ordered);
    expect(await tasksOf(ordered)).toMatchObject([
      { state: 'waiting', details: { kind: 'activate', number, tariff: 'Без переплат' } },
    ]);
    expect(page(await clerk.open(pathOf(ordered))).querySelector('a[href^="/admin/tasks/"]')?.text).toContain(
      'Задача №',
    );
  });

  it('works when a clerk says so on the page of the order: the task is done with it', async () => {
    const ordered = await handedOver();
    const path = pathOf(ordered);
    expect((await clerk.submit(path, {}, `${path}/activation`)).status).toBe(303);
    expect([await lineOf(ordered), await orderRow(app, ordered.id)]).toMatchObject([
      ...[{ state: 'active' }, { state: 'active' }],
    ]);
    expect(await tasksOf(ordered)).toMatchObject([{ state: 'done' }]);
    expect(await app.smsTo(ordered.phone)).toContain('работает');
  });

  it('works when the task is done, with the order and its SMS', async () => {
    const ordered = await handedOver();
    const [task] = await tasksOf(ordered);
    const path = `/admin/tasks/${task!.id}`;
    expect((await clerk.submit(path, { words: 'Включён' }, `${path}/completion`)).status).toBe(303);
    expect([await lineOf(ordered), await orderRow(app, ordered.id)]).toMatchObject([
      ...[{ state: 'active' }, { state: 'active' }],
    ]);
    expect(await app.smsTo(ordered.phone)).toContain('работает');
  });

  it('whose operator refuses brings its order to the top, and may be asked for again', async () => {
    const ordered = await handedOver();
    const [task] = await tasksOf(ordered);
    const path = `/admin/tasks/${task!.id}`;
    await clerk.submit(path, { refusal: 'Абонент в чёрном списке' }, `${path}/refusal`);
    expect(await orderRow(app, ordered.id)).toMatchObject({ state: 'handed_over', next_call_at: app.clock.now() });
    const rows = page(await clerk.open(LIST)).querySelectorAll('a[data-row]');
    expect(rows.findIndex((link) => link.getAttribute('href') === pathOf(ordered))).toBe(0);
    const shown = await clerk.open(pathOf(ordered));
    expect(textOf(shown)).toContain('Оператор отказался включить номер: Абонент в чёрном списке');
    expect(page(shown).querySelector('form[action$="/activation"]')).toBeNull();
    const again = `${pathOf(ordered)}/activation/again`;
    const both = await Promise.all([clerk.submit(shown, {}, again), clerk.submit(shown, {}, again)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect((await tasksOf(ordered)).map(({ state }) => state)).toEqual(['waiting', 'refused']);
    expect(await orderRow(app, ordered.id)).toMatchObject({ next_call_at: null });
    expect((await clerk.submit(pathOf(ordered), {}, `${pathOf(ordered)}/activation`)).status).toBe(303);
    expect(await lineOf(ordered)).toMatchObject({ state: 'active' });
  });

  it('is nobody’s wish any more when its line ends, whoever was quicker', async () => {
    const ordered = await handedOver();
    const [{ id: taskId }, { id: lineId }] = [(await tasksOf(ordered))[0]!, await lineOf(ordered)];
    const database = app.get(Database);
    const ended = database.transaction((sql) => app.get(Lines).end(sql, lineId, 'Передумал', SYSTEM));
    const done = database.transaction((sql) => app.get(OperatorTasks).end(sql, taskId, 'done', { actor: SYSTEM }));
    const outcomes = await Promise.allSettled([ended, done]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    const line = await lineOf(ordered);
    const [task] = await tasksOf(ordered);
    expect(['ended called_off', 'active done', 'ended done']).toContain(`${line.state} ${task!.state}`);
  });
});
