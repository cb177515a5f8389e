import { DateTime } from 'luxon';
import { SuspensionEnds } from '../../src/lines/actions/suspension-ends.service.js';
import { Database } from '../../src/infra/database/database.js';
import { Suspensions } from '../../src/lines/actions/suspensions.service.js';
import { Lines } from '../../src/lines/lines.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { customer } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { changeTariff, openTariff } from '../tariffs/tariffs.js';
import { activeSubscriber, endOpenTask, endTask, happenings, lineRow, openTask } from './asking.js';
import { subscriber } from './subscriber.js';

const app = useApp();
let clerk: Visitor;

beforeAll(async () => {
  clerk = await app.signInStaff(await app.world.hire('operator'));
});

const pathOf = (lineId: string, action = '') => `/admin/lines/${lineId}${action && `/${action}`}`;
const ask = (lineId: string, action: string, fields: Fields = {}, query = '') =>
  clerk.submit(pathOf(lineId, action) + query, fields, pathOf(lineId, action));
const today = () => app.clock.now().toISOString().slice(0, 10);
const inDays = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
/** The last that was said to a phone; it keeps the quiet hours. */
const toldOf = async (phone: string) => {
  const [message] = await app.database.query<{ body: string }>(
    'select body from message where recipient = $1 and not urgent order by created_at desc limit 1',
    [phone],
  );
  return message?.body;
};
const versionOf = async (tariffId: string) => {
  const [row] = await app.database.query<{ id: string }>(
    'select id from tariff_version where tariff_id = $1 order by number desc limit 1',
    [tariffId],
  );
  return row!.id;
};

describe('a suspension', () => {
  it('is asked for, seen by the customer with its times, and happens when the operator has done it', async () => {
    const line = await activeSubscriber(app);
    const visitor = await app.signInCustomer(line);
    const asked = await ask(line.lineId, 'suspension', { through: inDays(10) });
    expect([asked.status, asked.headers.location]).toEqual([303, pathOf(line.lineId)]);
    expect(await lineRow(app, line.lineId)).toMatchObject({ state: 'active' });
    const waiting = textOf(await visitor.open(`/cabinet/lines/${line.lineId}`));
    expect(waiting).toMatch(/Приостановка номера по \d+ \S+ \d{4}/);
    expect(waiting).toMatch(/принято \d\d:\d\d, ещё не отправлено/);
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain('приостанавливается');

    await endOpenTask(app, line.lineId, 'done');
    expect(await toldOf(line.phone)).toMatch(/^Номер \+7 900 \d{3}-\d\d-\d\d приостановлен по \d+ \S+ \d{4}\.$/);
    expect(await lineRow(app, line.lineId)).toMatchObject({ state: 'suspended' });
    const done = textOf(await visitor.open(`/cabinet/lines/${line.lineId}`));
    expect(done).toMatch(/отправлено в МегаФон \d\d:\d\d готово \d\d:\d\d/);
    expect(done).toMatch(/Номер приостановлен по \d+ \S+ \d{4}\./);
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain('Приостановлен');
  });

  it('is asked to end on the day after its last, once and by nobody’s hand', async () => {
    const [{ lineId }, { lineId: open }] = [await activeSubscriber(app), await activeSubscriber(app)];
    await ask(lineId, 'suspension', { through: inDays(3) });
    await ask(open, 'suspension');
    await endOpenTask(app, lineId, 'done');
    await endOpenTask(app, open, 'done');
    const waiting = async (id: string) =>
      app.database.query(
        `select t.kind, e.actor_kind from operator_task t join operator_task_event e on e.task_id = t.id and e.kind = 'opened'
         where t.line_id = $1 and t.closed_at is null`,
        [id],
      );
    const ends = app.get(SuspensionEnds);
    await ends.resumeDue(DateTime.fromJSDate(app.clock.now()).plus({ days: 3 }).toJSDate());
    expect(await waiting(lineId)).toEqual([]);
    const after = DateTime.fromJSDate(app.clock.now()).plus({ days: 4 }).toJSDate();
    await Promise.all([ends.resumeDue(after), ends.resumeDue(after)]);
    expect(await waiting(lineId)).toEqual([{ kind: 'resume', actor_kind: 'system' }]);
    expect(await waiting(open)).toEqual([]);
    await endOpenTask(app, lineId, 'done');
    await ends.resumeDue(after);
    expect(await waiting(lineId)).toEqual([]);
  });

  it('ends by another request', async () => {
    const { lineId } = await activeSubscriber(app);
    await ask(lineId, 'suspension');
    await endOpenTask(app, lineId, 'done');
    expect((await ask(lineId, 'resumption')).status).toBe(303);
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'suspended' });
    await endOpenTask(app, lineId, 'done');
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'active' });
    expect(await happenings(app, lineId)).toEqual(['opened', 'activated', 'suspended', 'resumed']);
  });

  it('lasts through today at least, and not for ever', async () => {
    const { lineId } = await activeSubscriber(app);
    expect(fieldErrors(await ask(lineId, 'suspension', { through: inDays(-2) }))).toEqual({
      through: expect.stringContaining('прошёл') as string,
    });
    expect(Object.keys(fieldErrors(await ask(lineId, 'suspension', { through: inDays(300) })))).toEqual(['through']);
    expect((await ask(lineId, 'suspension', { through: today() })).status).toBe(303);
  });

  it('is for a number that works', async () => {
    const { lineId } = await subscriber(app, await customer(app));
    expect((await clerk.get(pathOf(lineId, 'suspension'))).status).toBe(409);
    const attempt = app.get(Database).transaction((sql) => app.get(Suspensions).suspend(sql, lineId, null, SYSTEM));
    await expect(attempt).rejects.toMatchObject({ code: 'line_state_forbids' });
  });
});

describe('what the operator refuses', () => {
  it('leaves the line as it was; its words are for staff', async () => {
    const line = await activeSubscriber(app);
    await ask(line.lineId, 'suspension');
    await endOpenTask(app, line.lineId, 'refused', 'Долг абонента 120 руб.');
    expect(await lineRow(app, line.lineId)).toMatchObject({ state: 'active' });
    expect(textOf(await clerk.open(pathOf(line.lineId)))).toContain('Долг абонента 120 руб.');
    const shown = textOf(await (await app.signInCustomer(line)).open(`/cabinet/lines/${line.lineId}`));
    expect(shown).toContain('оператор отказал');
    expect(shown).toContain('Мы вам позвоним');
    expect(shown).not.toContain('Долг абонента');
  });

  it('leaves room for another wish, as what is called off does', async () => {
    const { lineId } = await activeSubscriber(app);
    await ask(lineId, 'suspension');
    await endOpenTask(app, lineId, 'called_off', 'Передумал');
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'active' });
    expect((await ask(lineId, 'suspension')).status).toBe(303);
    expect(await happenings(app, lineId)).toEqual(['opened', 'activated']);
  });
});

describe('a change of tariff', () => {
  it('says beforehand what it will cost, and holds from when the operator has done it', async () => {
    const line = await activeSubscriber(app);
    const kept = await lineRow(app, line.lineId);
    const tariff = await openTariff(app, 'dearer', { name: 'Дороже', priceKopecks: 65_000n }, 'megafon');
    const version = await versionOf(tariff);
    const looked = textOf(await clerk.open(`${pathOf(line.lineId, 'tariff')}?tariff=${version}`));
    expect(looked).toContain('Дороже на 100 ₽ в месяц.');
    expect(looked).toContain('Берёт ли оператор плату за переход, не указано.');
    expect((await ask(line.lineId, 'tariff', { from: inDays(5) }, `?tariff=${version}`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({ tariff_version_id: kept['tariff_version_id'] });
    const visitor = await app.signInCustomer(line);
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain('меняется тариф');
    expect(textOf(await visitor.open(`/cabinet/lines/${line.lineId}`))).toMatch(/Смена тарифа на «Дороже» с \d+/);

    await endOpenTask(app, line.lineId, 'done');
    expect(await lineRow(app, line.lineId)).toMatchObject({ tariff_version_id: version, state: 'active' });
    expect(textOf(await visitor.open(`/cabinet/lines/${line.lineId}`))).toContain('650 ₽ в месяц');
  });

  it('keeps the version that was agreed upon, whatever the tariff says when it is done', async () => {
    const { lineId } = await activeSubscriber(app);
    const tariff = await openTariff(app, 'moving', { name: 'Движется' }, 'megafon');
    const version = await versionOf(tariff);
    await ask(lineId, 'tariff', {}, `?tariff=${version}`);
    await changeTariff(app, tariff, { name: 'Движется', priceKopecks: 99_000n });
    await endOpenTask(app, lineId, 'done');
    expect(await lineRow(app, lineId)).toMatchObject({ tariff_version_id: version });
  });

  it('is to what this operator gives now, and to nothing else', async () => {
    const { lineId } = await activeSubscriber(app);
    const other = await versionOf(await openTariff(app, 'of-mts', {}, 'mts'));
    const tariff = await openTariff(app, 'changed-since', {}, 'megafon');
    const former = await versionOf(tariff);
    const form = await clerk.open(`${pathOf(lineId, 'tariff')}?tariff=${former}`);
    await changeTariff(app, tariff, { priceKopecks: 1n });
    const send = (version: string) => clerk.submit(form, { tariff: version }, pathOf(lineId, 'tariff'));
    for (const version of [former, other]) {
      const refused = await send(version);
      expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining('больше не подключают')]);
    }
    const { tariff_version_id } = await lineRow(app, lineId);
    expect(textOf(await send(String(tariff_version_id)))).toContain('уже на этих условиях');
    expect(textOf(await clerk.open(`${pathOf(lineId, 'tariff')}?tariff=${other}`))).not.toContain('Попросить сменить');
  });

  it('does not invent a difference where a price is unknown', async () => {
    const { lineId } = await activeSubscriber(app);
    const version = await versionOf(await openTariff(app, 'unpriced', { priceKopecks: null }, 'megafon'));
    expect(textOf(await clerk.open(`${pathOf(lineId, 'tariff')}?tariff=${version}`))).toContain(
      'Разницу в цене не посчитать',
    );
  });
});

describe('two who ask at once', () => {
  it('leave the operator with one wish; the other is told', async () => {
    const { lineId } = await activeSubscriber(app);
    const forms = await Promise.all([1, 2].map(() => clerk.open(pathOf(lineId, 'suspension'))));
    const answers = await Promise.all(forms.map((form) => clerk.submit(form, {}, pathOf(lineId, 'suspension'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const told = answers.find(({ status }) => status === 409)!;
    expect(textOf(told)).toContain('Оператор ещё занят прошлой просьбой');
    expect(await app.database.query('select from operator_task where line_id = $1', [lineId])).toHaveLength(1);
    const shown = await clerk.open(pathOf(lineId));
    expect(shown.text).toContain(`/admin/tasks/${(await openTask(app, lineId)).id}`);
    expect(textOf(shown)).not.toContain('Приостановить');
  });

  it('of which one ends the line leave no wish behind', async () => {
    const database = app.get(Database);
    for (let round = 0; round < 5; round++) {
      const { lineId } = await activeSubscriber(app);
      const outcomes = await Promise.allSettled([
        database.transaction((sql) => app.get(Suspensions).suspend(sql, lineId, null, SYSTEM)),
        database.transaction((sql) => app.get(Lines).end(sql, lineId, 'ушёл', SYSTEM)),
      ]);
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      for (const refusal of refusals) {
        expect(['line_state_forbids', 'task_in_flight']).toContain((refusal as { code: string }).code);
      }
      const open = await app.database.query(
        `select from operator_task t join line l on l.id = t.line_id where l.id = $1 and l.state = 'ended' and t.closed_at is null`,
        [lineId],
      );
      expect(open).toEqual([]);
    }
  });
});

describe('the end of a line', () => {
  it('has a reason, and calls off what the operator is busy with', async () => {
    const { lineId, number } = await activeSubscriber(app);
    await ask(lineId, 'suspension');
    const { id } = await openTask(app, lineId);
    expect(Object.keys(fieldErrors(await ask(lineId, 'end', { reason: ' ' })))).toEqual(['reason']);
    expect((await ask(lineId, 'end', { reason: 'Ушёл к другому оператору' })).status).toBe(303);
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'ended' });
    const [task] = await app.database.query('select state from operator_task where id = $1', [id]);
    expect(task).toEqual({ state: 'called_off' });
    expect(await app.database.query('select from login_number where phone = $1', [number])).toEqual([]);
    const shown = textOf(await clerk.open(pathOf(lineId)));
    expect(shown).toContain('Ушёл к другому оператору');
    expect(shown).toContain('с ним больше ничего не сделать');
    await expect(endTask(app, id, 'done')).rejects.toMatchObject({ code: 'task_state_forbids' });
  });
});

describe('a merge', () => {
  it('takes what the operator is busy with along', async () => {
    const [from, into] = [await activeSubscriber(app), await customer(app)];
    await ask(from.lineId, 'suspension');
    const staffId = (await app.world.hire('manager')).id;
    await app.get(CustomerMerging).merge({ fromId: from.customerId, intoId: into.customerId, staffId });
    await endOpenTask(app, from.lineId, 'done');
    const visitor = await app.signInCustomer(into);
    expect(textOf(await visitor.open(`/cabinet/lines/${from.lineId}`))).toMatch(/отправлено .* готово/);
  });
});

describe('the cabinet', () => {
  it('shows the terms that the number is on, and says what nobody knows', async () => {
    const line = await activeSubscriber(app);
    const shown = textOf(await (await app.signInCustomer(line)).open(`/cabinet/lines/${line.lineId}`));
    expect(shown).toContain('600 минут');
    expect(shown).toContain('не указано');
  });

  it('shows nobody else what was asked for', async () => {
    const { lineId } = await activeSubscriber(app);
    await ask(lineId, 'suspension');
    const stranger = await app.signInCustomer(await customer(app));
    expect((await stranger.get(`/cabinet/lines/${lineId}`)).status).toBe(404);
  });
});

describe('the desk of lines', () => {
  it('finds a number by its end, and narrows by state and operator', async () => {
    const { lineId, number, customerId } = await activeSubscriber(app);
    await ask(lineId, 'suspension');
    await endOpenTask(app, lineId, 'done');
    const listed = async (query: string) => (await clerk.open(`/admin/lines?${query}`)).text.includes(pathOf(lineId));
    const [mts, megafon] = await Promise.all(
      ['mts', 'megafon'].map(async (code) => {
        const [row] = await app.database.query<{ id: string }>('select id from operator where code = $1', [code]);
        return row!.id;
      }),
    );
    expect(await listed('')).toBe(true);
    expect(await listed(`q=${number.slice(-4)}`)).toBe(true);
    expect(await listed(`q=${encodeURIComponent(number.replace('+7', '8 '))}`)).toBe(true);
    expect(await listed('q=99')).toBe(false);
    expect(await listed(`q=${number.slice(-4)}&state=active`)).toBe(false);
    expect(await listed(`state=suspended&operator=${megafon}`)).toBe(true);
    expect(await listed(`state=suspended&operator=${mts}`)).toBe(false);
    expect(await listed('state=active')).toBe(false);
    expect((await clerk.open('/admin/lines')).text).not.toContain(number.slice(-7));
    expect((await clerk.open(`/admin/customers/${customerId}`)).text).toContain(pathOf(lineId));
  });

  it('pages through many without losing one', async () => {
    const owner = await subscriber(app, await customer(app));
    await app.database.query(
      `insert into line (id, customer_id, account_id, operator_id, tariff_version_id, number, state, opened_at)
       select ('0190a1b2-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, customer_id, account_id, operator_id, tariff_version_id,
              '+7955' || lpad(n::text, 5, '0') || '77', 'handed_over', now()
       from line, generate_series(1, 120) n where id = $1`,
      [owner.lineId],
    );
    const walk = async (path: string): Promise<string[]> => {
      const found: string[] = [];
      for (let next: string | undefined = path; next;) {
        const answer = await clerk.open(next);
        found.push(...[...answer.text.matchAll(/href="\/admin\/lines\/(0190a1b2-[0-9a-f-]+)"/g)].map(([, id]) => id!));
        next = page(answer).querySelector('a[rel="next"]')?.getAttribute('href');
      }
      return found;
    };
    for (const path of ['/admin/lines', '/admin/lines?state=handed_over', '/admin/lines?q=577']) {
      const found = await walk(path);
      expect(new Set(found).size).toBe(found.length);
      expect(found.length).toBe(path.includes('577') ? 12 : 120);
    }
  });

  it('is for those who serve customers', async () => {
    const { lineId } = await activeSubscriber(app);
    const accountant = await app.signInStaff(await app.world.hire('accountant'));
    for (const path of ['/admin/lines', pathOf(lineId), pathOf(lineId, 'end')]) {
      expect((await accountant.get(path)).status).toBe(403);
    }
    for (const role of ['manager', 'admin'] as const) {
      const visitor = await app.signInStaff(await app.world.hire(role));
      expect((await visitor.get(pathOf(lineId))).status).toBe(200);
    }
    expect((await app.visitor().get('/admin/lines')).status).toBe(303);
  });
});
