import type { Response } from 'supertest';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { picking } from '../../src/backoffice/tasks/task-list.queries.js';
import { readFilter } from '../../src/backoffice/tasks/task-filter.js';
import { useApp } from '../support/app.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { agree, ask, type AskedTask, happened, taskRow, TELECOM } from './asking.js';

const app = useApp({ env: TELECOM });

const LIST = '/admin/tasks';
const NOON = '2026-06-15T12:00:00+03:00';
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
const staff: Record<string, Visitor> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, role] of [
    ['anna', 'operator'],
    ['boris', 'operator'],
    ['chief', 'manager'],
    ['books', 'accountant'],
  ] as [string, StaffRole][]) {
    const hired = await app.world.hire(role);
    staff[name] = await app.signInStaff(hired);
    ids[name] = hired.id;
  }
});
beforeEach(async () => {
  app.clock.set(NOON);
  await agree(app, 'clerk');
});

/** Sends a form of the task's page as it was when it was opened. */
function press(
  who: string,
  { path }: AskedTask,
  what: string,
  fields: Fields = {},
  from?: Response,
): Promise<Response> {
  return staff[who]!.submit(from ?? path, fields, `${path}/${what}`);
}

const take = (who: string, task: AskedTask) => press(who, task, 'assignment', { assignee: ids[who] });

async function listed(query = ''): Promise<string[]> {
  const rows = page(await staff['anna']!.open(LIST + query)).querySelectorAll('a[data-row]');
  return rows.map((link) => link.getAttribute('href')!.slice(LIST.length + 1));
}

describe('a task at the desk', () => {
  it('goes from hand to hand until the operator has done it, with its times', async () => {
    const task = await ask(app);
    const before = await staff['anna']!.open(task.path);
    expect(before.text).not.toContain(task.line.number);
    expect(textOf(before)).toContain('Возьмите задачу, чтобы увидеть номер');
    expect((await take('anna', task)).status).toBe(303);
    const mine = await staff['anna']!.open(task.path);
    expect(page(mine).querySelector('#copy-number')?.getAttribute('value')).toBe(task.line.number);
    expect(textOf(mine)).toContain('Включите добровольную блокировку, последний день: без срока');
    expect(textOf(await staff['boris']!.open(task.path))).toContain('Задачу ведёт');

    app.clock.shift({ minutes: 2 });
    expect((await press('anna', task, 'sending', { sentAs: 'МФ-77' })).status).toBe(303);
    app.clock.shift({ minutes: 38 });
    expect((await press('anna', task, 'completion', { words: 'Заблокирован' })).status).toBe(303);
    expect(await taskRow(app, task.id)).toMatchObject({
      ...{ state: 'done', reference: 'МФ-77', attempts: 1, assignee_id: ids['anna'] },
      ...{ sent_at: new Date('2026-06-15T12:02:00+03:00'), closed_at: new Date('2026-06-15T12:40:00+03:00') },
    });
    expect(await happened(app, task.id)).toEqual(['opened', 'assigned', 'sent', 'done']);
    const after = await staff['anna']!.open(task.path);
    expect(after.text).not.toContain(task.line.number);
    expect(textOf(after)).toContain('Заблокирован');
  });

  it('comes back after a failed attempt, half an hour later', async () => {
    const task = await ask(app);
    await press('boris', task, 'sending');
    expect(await taskRow(app, task.id)).toMatchObject({ assignee_id: ids['boris'] });
    expect(Object.keys(fieldErrors(await press('boris', task, 'failure', { failure: ' ' })))).toEqual(['failure']);
    expect((await press('boris', task, 'failure', { failure: 'Программа оператора не отвечает' })).status).toBe(303);
    expect(await taskRow(app, task.id)).toMatchObject({
      ...{ state: 'waiting', sent_at: null, attempts: 1 },
      due_at: new Date('2026-06-15T12:30:00+03:00'),
      promised_at: new Date('2026-06-15T13:00:00+03:00'),
    });
    expect(textOf(await staff['boris']!.open(task.path))).toMatch(/задача снова в работе: .*12:30/);
    await press('boris', task, 'sending');
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(textOf(await staff['boris']!.open(task.path))).not.toContain('снова в работе');
  });

  it('is refused or called off with a reason, and then stays as it is', async () => {
    const [refused, offed] = [await ask(app), await ask(app)];
    expect(Object.keys(fieldErrors(await press('anna', refused, 'refusal')))).toEqual(['refusal']);
    const opened = await staff['anna']!.open(refused.path);
    expect((await press('anna', refused, 'refusal', { refusal: 'Долг на номере' })).status).toBe(303);
    expect((await press('anna', offed, 'cancellation', { reason: 'Клиент передумал' })).status).toBe(303);
    expect(await taskRow(app, refused.id)).toMatchObject({ state: 'refused' });
    expect(await taskRow(app, offed.id)).toMatchObject({ state: 'called_off', sent_at: null });
    expect((await press('anna', refused, 'sending', {}, opened)).status).toBe(409);
    expect((await press('anna', refused, 'comments', { comment: 'Позвонили оператору' })).status).toBe(303);
    expect(textOf(await staff['anna']!.open(refused.path))).toContain('Позвонили оператору');
  });

  it('tells the second of two clerks, and keeps what they typed', async () => {
    const task = await ask(app);
    const opened = await staff['boris']!.open(task.path);
    await take('anna', task);
    const refused = await press('boris', task, 'refusal', { refusal: 'Нет такого тарифа' }, opened);
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('Задача уже изменилась');
    expect(refused.text).toContain('Нет такого тарифа');
    const both = [await staff['anna']!.open(task.path), await staff['boris']!.open(task.path)];
    const answers = await Promise.all([
      press('anna', task, 'completion', { words: 'Сделано' }, both[0]),
      press('boris', task, 'refusal', { refusal: 'Отказ' }, both[1]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await happened(app, task.id)).toHaveLength(3);
  });

  it('is called off when its line ends', async () => {
    const task = await ask(app);
    await app.get(Database).transaction((sql) => app.get(Lines).end(sql, task.line.lineId, 'Переехал', SYSTEM));
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'called_off' });
  });
});

describe('what proves that it was done', () => {
  it('is words, a reference or a file: one of them is needed', async () => {
    const task = await ask(app);
    const nothing = await press('anna', task, 'completion');
    expect(fieldErrors(nothing)['words']).toContain('номер обращения или приложите файл');
    const many = async () => (await staff['anna']!.open(`${LIST}?q=${task.number}`)).text.includes('id="many"');
    expect(await many()).toBe(true);
    const page1 = await staff['anna']!.upload(task.path, { name: 'экран.png', content: PNG });
    expect(page1.status).toBe(303);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'done' });
    expect(await many()).toBe(false);
    const link = page(await staff['boris']!.open(task.path))
      .querySelector('#proofs a')!
      .getAttribute('href')!;
    const file = await staff['boris']!.get(link);
    expect(file.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.body).toEqual(PNG);
    expect((await staff['books']!.get(link)).status).toBe(403);
    expect((await staff['anna']!.get(link.replace(task.id, (await ask(app)).id))).status).toBe(404);
  });

  it('is a picture or a PDF by what stands in it, not by its name', async () => {
    const task = await ask(app);
    const html = await staff['anna']!.upload(task.path, { name: 'proof.png', content: '<html><script>alert(1)' });
    expect([html.status, fieldErrors(html)['file']]).toEqual([422, expect.stringContaining('PNG, JPEG или PDF')]);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'waiting' });
    const large = Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]);
    const tooLarge = await staff['anna']!.upload(task.path, { name: 'proof.png', content: large });
    expect(fieldErrors(tooLarge)['file']).toContain('больше 5 МБ');
    expect((await staff['anna']!.upload(task.path, { name: 'x.html', content: '%PDF-1.4 letter' })).status).toBe(303);
    const link = page(await staff['anna']!.open(task.path))
      .querySelector('#proofs a')!
      .getAttribute('href')!;
    expect((await staff['anna']!.get(link)).headers['content-type']).toBe('application/pdf');
    expect((await staff['boris']!.upload(task.path, { name: 'ещё.png', content: PNG })).status).toBe(303);
    expect(await happened(app, task.id)).toEqual(['opened', 'done', 'proof_added', 'proof_added']);
  });
});

describe('the queue of tasks', () => {
  it('begins with what is overdue, and is narrowed by its address', async () => {
    await app.database.query(
      `update operator_task set state = 'called_off', closed_at = '2026-06-01' where closed_at is null`,
    );
    const late = await ask(app);
    app.clock.shift({ minutes: 30 });
    const fresh = await ask(app, 'resume');
    app.clock.shift({ minutes: 31 });
    expect(await listed()).toEqual([late.id, fresh.id]);
    expect(await listed('?overdue=1')).toEqual([late.id]);
    expect(textOf(await staff['anna']!.open('/admin'))).toContain('1 задача оператору просрочена');
    expect(textOf(await staff['books']!.open('/admin'))).not.toContain('просрочена');
    expect(await listed('?kind=resume')).toEqual([fresh.id]);
    expect(await listed('?operator=mts')).toEqual([]);
    expect(await listed('?operator=megafon&channel=clerk&state=waiting')).toEqual([late.id, fresh.id]);
    expect(await listed(`?assignee=${ids['anna']}`)).toEqual([]);
    await take('anna', fresh);
    expect(await listed(`?assignee=${ids['anna']}&kind=resume&operator=megafon&channel=clerk`)).toEqual([fresh.id]);
    expect(await listed('?assignee=none')).toEqual([late.id]);
    await press('anna', fresh, 'completion', { words: 'Готово' });
    expect(await listed('?state=done&kind=resume')).toEqual([fresh.id]);
    expect((await listed('?state=closed'))[0]).toBe(fresh.id);
    expect(await listed(`?q=${late.number}`)).toEqual([late.id]);
    expect(await listed(`?q=${late.line.number.slice(-7)}`)).toEqual([late.id]);
    expect((await staff['anna']!.open(`${LIST}?state=x&operator=%00&after=W10&q[]=1&assignee=1`)).status).toBe(200);
  });

  it('takes and sends many at once, but none that a colleague has changed', async () => {
    const tasks = [await ask(app), await ask(app), await ask(app)];
    const opened = await staff['anna']!.open(LIST);
    const ticks = page(opened)
      .querySelectorAll('input[name="task"]')
      .map((box) => box.getAttribute('value')!)
      .filter((value) => tasks.some(({ id }) => value.startsWith(id)));
    expect(ticks).toHaveLength(3);
    await take('boris', tasks[2]!);
    const token = page(opened).querySelector('#many input[name="_csrf"]')!.getAttribute('value')!;
    // Several boxes of one name.
    const send = async (what: string, boxes: string[]): Promise<number> => {
      const cookies = staff['anna']!.cookies().map(({ name, value }) => `${name}=${value}`);
      const fields: [string, string][] = [
        ['_csrf', token],
        ['sentAs', 'Письмо 15'],
        ...boxes.map((box): [string, string] => ['task', box]),
      ];
      const answer = await fetch(`${app.url}${LIST}/many/${what}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
        headers: { cookie: cookies.join('; '), origin: app.url, accept: 'text/html' },
      });
      return answer.status;
    };
    expect(await send('sending', [])).toBe(422);
    expect(await send('assignment', ticks.slice(0, 1))).toBe(303);
    expect(await taskRow(app, tasks[0]!.id)).toMatchObject({ state: 'waiting', assignee_id: ids['anna'] });
    const fresh = [`${tasks[0]!.id}.2`, ...ticks.slice(1)];
    expect(await send('sending', fresh)).toBe(303);
    expect(await taskRow(app, tasks[0]!.id)).toMatchObject({ state: 'sent', reference: 'Письмо 15' });
    expect(await taskRow(app, tasks[2]!.id)).toMatchObject({ state: 'waiting', assignee_id: ids['boris'] });
  });

  it('goes on page by page, and reads its pages off indexes', async () => {
    const { line } = await ask(app);
    await app.database.query(
      `insert into operator_task (id, operator_id, line_id, kind, details, channel, state, due_at, promised_at, created_at, sent_at, closed_at)
       select gen_random_uuid(), o.id, $1, (array['activate', 'suspend', 'resume'])[1 + i % 3], jsonb_build_object('number', $2::text),
              'clerk', 'done', now(), now(), now(), '2026-05-01Z', '2026-05-02Z'::timestamptz + i * interval '1 min'
       from generate_series(1, 20000) i, operator o where o.code = 'megafon'`,
      [line.lineId, line.number],
    );
    await app.database.query('analyze operator_task');
    const found: string[] = [];
    let path: string | null = `${LIST}?state=done&operator=megafon`;
    for (let pages = 0; path && pages < 3; pages++) {
      const tree = page(await staff['anna']!.open(path));
      found.push(...tree.querySelectorAll('a[data-row]').map((link) => link.getAttribute('href')!));
      path = tree.querySelector('a[rel="next"]')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? null;
    }
    expect([found.length, new Set(found).size]).toEqual([150, 150]);
    const some = ids['anna']!;
    for (const query of [
      ...[
        {},
        { overdue: '1' },
        { state: 'done' },
        { state: 'closed', kind: 'port' },
        { operator: 'mts', state: 'sent' },
      ],
      ...[{ assignee: some }, { assignee: some, state: 'done' }, { channel: 'files' }],
    ]) {
      const { sql, params } = picking({ ...readFilter(query), now: new Date() }, null, 51);
      const plan = await app.database.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).not.toContain('Seq Scan on operator_task');
      expect(text).toContain('operator_task_');
    }
  });

  it('is for those who run orders', async () => {
    expect((await staff['books']!.get(LIST)).status).toBe(403);
    expect((await app.visitor().get(LIST)).status).toBe(303);
  });
});

describe('what clerks are told to do', () => {
  const house = '/admin/tasks/instructions/house/suspend';

  it('is written by those who decide, checked, and kept from overwriting a colleague', async () => {
    expect((await staff['anna']!.get(house)).status).toBe(403);
    const wrong = await staff['chief']!.submit(house, { words: 'Наберите {ICCID}' }, house);
    expect(fieldErrors(wrong)['words']).toContain('{ICCID}');
    const opened = await staff['chief']!.open(house);
    // Lines of the text begin where they begin, however deep its field stands in the page.
    expect(page(opened).querySelector('textarea[name="words"]')!.text).toContain('\n1. Найдите номер {номер}.\n2.');
    const words = 'Позвоните в {оператор}: заблокировать {номер} по {по какой день}.';
    expect((await staff['chief']!.submit(house, { words }, house)).status).toBe(303);
    const late = await staff['chief']!.submit(opened, { words: 'Другое' }, house);
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Другое')]);

    const task = await ask(app);
    await take('anna', task);
    expect(textOf(await staff['anna']!.open(task.path))).toContain('Позвоните в МегаФон: заблокировать +7 900');
    const own = `/admin/tasks/instructions/${(await taskRow(app, task.id)).operator_id}/suspend`;
    await staff['chief']!.submit(own, { words: 'Как у МегаФона: {номер}' }, own);
    expect(textOf(await staff['anna']!.open(task.path))).toContain('Как у МегаФона:');
    expect((await staff['chief']!.submit(own, {}, `${own}/removal`)).status).toBe(303);
    expect(textOf(await staff['anna']!.open(task.path))).toContain('Позвоните в МегаФон');
    const [entry] = await app.database.query<{ count: number }>(
      `select count(*)::int as count from audit_log where action = 'operator_instruction.changed'`,
    );
    expect(entry!.count).toBe(3);
  });
});

describe('how an operator is reached', () => {
  it('is decided by admins and managers, told who was quicker, and measured', async () => {
    const operators = '/admin/tasks/operators';
    const task = await ask(app);
    const { operator_id } = await taskRow(app, task.id);
    const path = `${operators}/${operator_id}`;
    expect(page(await staff['anna']!.open(path)).querySelector(`form[action="${path}"]`)).toBeNull();
    const opened = await staff['chief']!.open(path);
    const refused = await staff['chief']!.submit(path, { promiseMinutes: '4' }, path);
    expect(Object.keys(fieldErrors(refused))).toEqual(['promiseMinutes']);
    expect((await staff['chief']!.submit(path, { channel: 'files', promiseMinutes: '90' }, path)).status).toBe(303);
    const late = await staff['chief']!.submit(opened, { channel: 'clerk', promiseMinutes: '10' }, path);
    expect(late.status).toBe(409);
    const byFile = await ask(app);
    expect(await taskRow(app, byFile.id)).toMatchObject({
      channel: 'files',
      due_at: new Date('2026-06-15T13:30:00+03:00'),
    });
    expect((await press('anna', byFile, 'clerk')).status).toBe(303);
    expect(await taskRow(app, byFile.id)).toMatchObject({ channel: 'clerk' });
    const waiting = await ask(app);
    await staff['chief']!.submit(path, { channel: 'clerk', promiseMinutes: '90' }, path);
    expect(await taskRow(app, waiting.id)).toMatchObject({ channel: 'clerk' });
    expect(await happened(app, waiting.id)).toEqual(['opened', 'handed_to_clerk']);

    await app.database.query(`delete from operator_file_row`);
    const measured = async () => {
      const row = page(await staff['anna']!.open(operators))
        .querySelectorAll('tbody tr')
        .find((tr) => tr.text.includes('МегаФон'));
      return row!.querySelectorAll('td.number').map((cell) => cell.text.trim());
    };
    const [before] = await measured();
    for (const [wait, work] of [
      [0, 20],
      [10, 200],
    ] as const) {
      const done = await ask(app);
      app.clock.shift({ minutes: wait });
      await press('anna', done, 'sending');
      app.clock.shift({ minutes: work });
      await press('anna', done, 'completion', { words: 'Готово' });
    }
    const [after] = await measured();
    expect(Number(after) - Number(before)).toBe(2);
    app.clock.shift({ days: 31 });
    expect(await measured()).toEqual(['0', '—', '—']);
  });
});
