import { bring } from '../orders/bringing.js';
import { order, orderRow, TELECOM } from '../orders/ordering.js';
import { receive } from '../sims/deliveries.js';
import { TestApp } from '../support/app.js';
import { newSecret, type ProductProcess, useProcesses } from '../support/process.js';
import { type Fields, textOf, Visitor } from '../support/visitor.js';
import { eachRound, RACE_TIMEOUT_MS } from './rounds.js';

/** Two clerks, each at a process of their own, on one database. */
const processes = useProcesses();
let app: TestApp;
let desks: [ProductProcess, ProductProcess];
let clerks: [Visitor, Visitor];
let clerkIds: [string, string];

const PERSON = { surname: 'Петрова', name: 'Ирина', documentChecked: 'on' };
const LOST = 'заявка уже изменилась';

async function signIn({ url }: ProductProcess, { email, password }: { email: string; password: string }) {
  const clerk = new Visitor(url);
  const answer = await clerk.submit('/admin/session/new', { email, password }, '/admin/session');
  expect(answer.status).toBe(303);
  return clerk;
}

beforeAll(async () => {
  app = await TestApp.start({ role: 'web', env: TELECOM });
  app.clock.set(new Date().toISOString());
  const options = { role: 'web', databaseUrl: app.database.url, secret: newSecret(), env: TELECOM } as const;
  desks = await Promise.all([processes.start(options), processes.start(options)]);
  const hired = [await app.world.hire('operator'), await app.world.hire('operator')] as const;
  clerkIds = [hired[0].id, hired[1].id];
  clerks = await Promise.all([signIn(desks[0], hired[0]), signIn(desks[1], hired[1])]);
}, RACE_TIMEOUT_MS);
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

const pathOf = (id: string) => `/admin/orders/${id}`;

/** The form as the clerk has it on the screen, to be sent when the other one sends theirs. */
async function ready(clerk: Visitor, id: string, what: string, fields: Fields) {
  const page = await clerk.open(pathOf(id));
  return () => clerk.submit(page, fields, `${pathOf(id)}/${what}`);
}

async function newOrder(): Promise<string> {
  return (await order(app)).id;
}

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort((one, two) => one - two);

describe('two clerks at two processes', () => {
  it.each(eachRound(10))(
    'reserve the same SIM card for two orders, and one has it: round %i',
    async () => {
      const [sim = ''] = await receive(app);
      const orders = [await newOrder(), await newOrder()] as const;
      const sends = await Promise.all(clerks.map((clerk, n) => ready(clerk, orders[n]!, 'sim', { sim })));
      const answers = await Promise.all(sends.map((send) => send()));
      expect(statuses(answers)).toEqual([303, 409]);
      const loser = answers[0]!.status === 409 ? 0 : 1;
      expect(textOf(answers[loser]!).toLowerCase()).toContain('уже заняли');
      expect(await orderRow(app, orders[loser])).toMatchObject({ sim_id: null });
      expect(await orderRow(app, orders[1 - loser]!)).toMatchObject({ sim_id: sim });
      const live = await app.database.query(
        'select order_id from sim_reservation where sim_id = $1 and ended_at is null',
        [sim],
      );
      expect(live).toEqual([{ order_id: orders[1 - loser] }]);
    },
    RACE_TIMEOUT_MS,
  );

  it.each(eachRound(10))(
    'take the same order two ways, and the later one is told: round %i',
    async () => {
      const id = await newOrder();
      const sends = [
        await ready(clerks[0], id, 'assignment', { assignee: clerkIds[0] }),
        await ready(clerks[1], id, 'moves', { to: 'cancelled', reason: 'передумала' }),
      ];
      const answers = await Promise.all(sends.map((send) => send()));
      expect(statuses(answers)).toEqual([303, 409]);
      const cancelled = answers[1]!.status === 303;
      expect(textOf(answers[cancelled ? 0 : 1]!).toLowerCase()).toContain(LOST);
      expect(await orderRow(app, id)).toMatchObject({
        state: cancelled ? 'cancelled' : 'new',
        // Whoever does something with an order that is nobody's has it.
        assignee_id: clerkIds[cancelled ? 1 : 0],
      });
    },
    RACE_TIMEOUT_MS,
  );

  it.each(eachRound(25))(
    'hand the same card over, and there is one line: round %i',
    async () => {
      const [sim = ''] = await receive(app);
      const id = await newOrder();
      await bring(app, clerkIds[0], id, sim);
      const sends = await Promise.all(clerks.map((clerk) => ready(clerk, id, 'hand-over', PERSON)));
      const answers = await Promise.all(sends.map((send) => send()));
      expect(statuses(answers)).toEqual([303, 409]);
      expect(await app.database.query('select state from line where order_id = $1', [id])).toEqual([
        { state: 'handed_over' },
      ]);
    },
    RACE_TIMEOUT_MS,
  );
});

const WHOLE = {
  ...{ state: 'handed_over', sim: 'assigned', lines: 1, customer: true, papers_given: 3, events: 1 },
  // That it came in, was agreed upon, is with the courier, is theirs.
  ...{ messages: 4, first_passwords: 1 },
};
const NOTHING = {
  ...{ state: 'in_delivery', sim: 'reserved', lines: 0, customer: false, papers_given: 0, events: 0 },
  ...{ messages: 3, first_passwords: 0 },
};

/** What a hand-over leaves behind: all of it, or nothing. */
async function tracesOf(id: string, simId: string): Promise<Record<string, unknown>> {
  const [traces] = await app.database.query<Record<string, unknown>>(
    `select o.state, s.state as sim, (select count(*)::int from line where order_id = o.id) as lines,
            o.customer_id is not null as customer,
            (select count(*)::int from paper where subject_id = o.id and customer_id is not null) as papers_given,
            (select count(*)::int from sim_order_event where order_id = o.id and to_state = 'handed_over') as events,
            (select count(*)::int from message where recipient = o.phone and channel = 'sms') as messages,
            (select count(*)::int from first_password f join line l on l.number = f.phone where l.order_id = o.id) as first_passwords
     from sim_order o join sim_card s on s.id = $2 where o.id = $1`,
    [id, simId],
  );
  return traces!;
}

describe('a process that is killed in the middle of hand-overs', () => {
  it.each(eachRound(25))(
    'leaves each whole or not begun, and the rest can be done again: round %i',
    async (round) => {
      const sims = await receive(app, 6);
      const orders = await Promise.all(sims.map(async (sim) => ({ id: await newOrder(), sim })));
      for (const { id, sim } of orders) await bring(app, clerkIds[0], id, sim);
      const sends = await Promise.all(orders.map(({ id }) => ready(clerks[1], id, 'hand-over', PERSON)));
      const answered: number[] = [];
      const calls = sends.map(async (send) => {
        const answer = await send().catch(() => undefined);
        if (answer) answered.push(answer.status);
        if (answered.length === 1 + (round % 3)) await desks[1].kill();
      });
      await Promise.all(calls);
      expect(answered.length).toBeGreaterThan(0);
      expect(new Set(answered)).toEqual(new Set([303]));
      for (const { id, sim } of orders) {
        const traces = await tracesOf(id, sim);
        expect([WHOLE, NOTHING]).toContainEqual(traces);
      }
      await desks[1].restart();
      for (const { id, sim } of orders) {
        if ((await tracesOf(id, sim))['state'] === 'handed_over') continue;
        expect((await clerks[1].submit(pathOf(id), PERSON, `${pathOf(id)}/hand-over`)).status).toBe(303);
        expect(await tracesOf(id, sim)).toEqual(WHOLE);
      }
    },
    RACE_TIMEOUT_MS,
  );
});
