import { EsiaStates } from '../../src/lines/esia/esia-states.service.js';
import { Lines } from '../../src/lines/lines.service.js';
import { Database } from '../../src/infra/database/database.js';
import { customer } from '../auth/people.js';
import { subscriber } from '../lines/subscriber.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf } from '../support/visitor.js';
import { company, companyLine, eventsOf, lineRow } from './companies.js';

const app = useApp();
const PATH = '/cabinet/company';

describe('a company in its cabinet', () => {
  it('finds its page from its numbers, with its details and who uses what', async () => {
    const owner = await company(app, 'ООО «Ель»');
    const [named, unnamed] = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner)];
    const visitor = await app.signInCustomer(owner);
    expect((await visitor.open('/cabinet/lines')).text).toContain(`href="${PATH}"`);
    const shown = textOf(await visitor.open(PATH));
    expect(shown).toContain(owner.inn);
    expect(shown).toContain('Анна Котова');
    expect(shown).toContain('Пользователь не назван');
    expect(shown).toContain('2 номера требуют внимания');
    expect(textOf(await visitor.open(`/cabinet/lines/${named.lineId}`))).toContain('внести в ЕСИА');
    expect(textOf(await visitor.open(`/cabinet/lines/${unnamed.lineId}`))).toContain('Пользователь не назван');
    const clerk = await app.signInStaff(await app.world.hire('operator'));
    for (const shown of [
      await visitor.open('/cabinet/lines'),
      await clerk.open(`/admin/lines/${unnamed.lineId}`),
      await clerk.open(`/admin/lines?q=${unnamed.number.slice(-7)}`),
    ]) {
      expect(textOf(shown)).toContain('Пользователь не назван');
    }
    expect(textOf(await visitor.open('/cabinet/lines'))).not.toMatch(/Без переплат · ООО «Ель»/);
  });

  it('names who uses a number, says that ESIA was told, and begins anew with the next user', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner);
    const visitor = await app.signInCustomer(owner);
    const path = `${PATH}/lines/${line.lineId}`;
    expect((await visitor.open(path)).text).not.toContain(`${path}/esia`);
    expect(Object.keys(fieldErrors(await visitor.submit(path, { userName: '' }, `${path}/user`)))).toEqual([
      'userName',
    ]);
    const anna = { userKind: 'person', userName: ' Анна  Котова ', userNote: 'склад' };
    expect((await visitor.submit(path, anna, `${path}/user`)).status).toBe(303);
    expect((await visitor.submit(path, {}, `${path}/esia`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({
      ...{ used_by: 'Анна Котова', user_kind: 'person', user_note: 'склад', esia_state: 'submitted', submitted: true },
    });
    expect((await visitor.submit(path, { ...anna, userNote: 'офис' }, `${path}/user`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({ user_note: 'офис', esia_state: 'submitted' });
    expect((await visitor.submit(path, { ...anna, userName: 'Олег Ким' }, `${path}/user`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({
      used_by: 'Олег Ким',
      esia_state: 'to_do',
      submitted: false,
    });
    expect((await visitor.submit(path, {}, `${path}/user/removal`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toMatchObject({
      used_by: owner.name,
      user_kind: null,
      esia_state: 'to_do',
    });
    expect(await eventsOf(app, line.lineId)).toEqual([
      ...['opened', 'esia_to_do', 'user_changed', 'esia_submitted', 'user_changed', 'esia_to_do', 'user_changed'],
      'user_changed',
    ]);
  });

  it('does not put its day off by naming somebody, and gets a new one with a new user once the former is confirmed', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner);
    const before = await lineRow(app, line.lineId);
    const visitor = await app.signInCustomer(owner);
    app.clock.shift({ days: 3 });
    const path = `${PATH}/lines/${line.lineId}`;
    await visitor.submit(path, { userKind: 'person', userName: 'Анна Котова' }, `${path}/user`);
    expect((await lineRow(app, line.lineId))['esia_due_on']).toBe(before['esia_due_on']);
    await app.get(EsiaStates).move(owner.customerId, [line.lineId], 'confirmed', { kind: 'staff' });
    await visitor.submit(path, { userKind: 'person', userName: 'Олег Ким' }, `${path}/user`);
    const after = String((await lineRow(app, line.lineId))['esia_due_on']);
    const days = (Date.parse(after) - Date.parse(String(before['esia_due_on']))) / 86_400_000;
    expect(days).toBe(3);
  });

  it('gets no later day for what it submitted and nobody confirmed, by another user or by none', async () => {
    const owner = await company(app);
    const lines = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner, 'Олег Ким')];
    const before = await Promise.all(lines.map(({ lineId }) => lineRow(app, lineId)));
    const visitor = await app.signInCustomer(owner);
    app.clock.shift({ days: 20 });
    const [one, other] = lines.map(({ lineId }) => `${PATH}/lines/${lineId}`);
    await visitor.submit(one!, {}, `${one}/esia`);
    await visitor.submit(one!, { userKind: 'person', userName: 'Вера Лис' }, `${one}/user`);
    await visitor.submit(other!, {}, `${other}/esia`);
    await visitor.submit(other!, {}, `${other}/user/removal`);
    const after = await Promise.all(lines.map(({ lineId }) => lineRow(app, lineId)));
    expect(after.map((row) => [row['esia_state'], row['esia_due_on']])).toEqual(
      before.map((row) => ['to_do', row['esia_due_on']]),
    );
  });

  it('keeps the number’s cabinet shut to whoever uses it', async () => {
    const owner = await company(app);
    const line = await subscriber(app, owner);
    expect(await app.database.query('select from login_number where phone = $1', [line.number])).toHaveLength(1);
    const visitor = await app.signInCustomer(owner);
    const path = `${PATH}/lines/${line.lineId}`;
    await visitor.submit(path, { userKind: 'person', userName: 'Анна Котова' }, `${path}/user`);
    expect(await app.database.query('select from login_number where phone = $1', [line.number])).toEqual([]);
    expect(await lineRow(app, line.lineId)).toMatchObject({ esia_state: 'to_do' });
  });

  it('may not confirm by itself, nor what is not to be done', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner, 'Анна Котова');
    const visitor = await app.signInCustomer(owner);
    const path = `${PATH}/lines/${line.lineId}`;
    const opened = await visitor.open(path);
    await visitor.submit(opened, {}, `${path}/esia`);
    const submittedAt = await lineRow(app, line.lineId);
    expect((await visitor.submit(opened, {}, `${path}/esia`)).status).toBe(303);
    expect(await lineRow(app, line.lineId)).toEqual(submittedAt);
    await app.database.query(
      `update line set esia_state = 'not_needed', esia_due_on = null, esia_submitted_at = null where id = $1`,
      [line.lineId],
    );
    expect((await visitor.submit(opened, {}, `${path}/esia`)).status).toBe(409);
  });

  it('searches by number and user, narrows, and pages through hundreds', async () => {
    const owner = await company(app);
    const first = await companyLine(app, owner, 'Анна Редкая');
    for (let more = 0; more < 51; more++) await subscriber(app, owner, owner.name);
    const visitor = await app.signInCustomer(owner);
    const count = (text: string) => text.match(/href="\/cabinet\/company\/lines\//g)?.length ?? 0;
    const listed = await visitor.open(PATH);
    expect(count(listed.text)).toBe(50);
    const next = page(listed).querySelector('a[rel="next"]')?.getAttribute('href') ?? '';
    expect(count((await visitor.open(next)).text)).toBe(2);
    expect(listed.text.indexOf(first.lineId)).toBeGreaterThan(0);
    for (const query of [
      `q=${first.number.slice(-5)}`,
      `q=${encodeURIComponent('редкая')}`,
      'show=attention',
      'show=to_do',
    ]) {
      const found = await visitor.open(`${PATH}?${query}`);
      expect([query, found.text.includes(first.lineId)]).toEqual([query, true]);
    }
    const attention = await visitor.open(`${PATH}?show=attention`);
    expect([attention.status, textOf(attention), count(attention.text)]).toEqual([200, expect.any(String), 1]);
    expect(count((await visitor.open(`${PATH}?show=confirmed`)).text)).toBe(0);
  });

  it('reaches nobody else’s numbers; who is no company has no such pages', async () => {
    const [owner, other] = [await company(app), await company(app)];
    const line = await companyLine(app, other, 'Анна Котова');
    const visitor = await app.signInCustomer(owner);
    expect((await visitor.get(`${PATH}/lines/${line.lineId}`)).status).toBe(404);
    const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.open('/cabinet/profile')).text)?.[1];
    for (const [what, fields] of [
      ['user', { userKind: 'person', userName: 'Чужой' }],
      ['user/removal', {}],
      ['esia', {}],
    ] as const) {
      const answer = await visitor.post(`${PATH}/lines/${line.lineId}/${what}`, { ...fields, _csrf: token }, PATH);
      expect([what, answer.status]).toEqual([what, 404]);
    }
    expect(await lineRow(app, line.lineId)).toMatchObject({ used_by: 'Анна Котова', esia_state: 'to_do' });
    const stranger = await app.signInCustomer(await customer(app));
    for (const path of [PATH, `${PATH}/users`, `${PATH}/users.csv`, `${PATH}/lines/${line.lineId}`]) {
      expect((await stranger.get(path)).status).toBe(404);
    }
    expect((await app.visitor().get(PATH)).status).toBe(303);
  });
});

describe('users as a list', () => {
  it('say what is lost and what is not taken before anything is written', async () => {
    const owner = await company(app);
    const [one, other] = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner, 'Олег Ким')];
    const visitor = await app.signInCustomer(owner);
    const check = async (rows: string) =>
      textOf(await visitor.submit(`${PATH}/users`, { rows }, `${PATH}/users/check`));
    expect(await check('мусор')).toContain('Это не похоже на номер');
    expect(await check(`${one.number}\n${other.number}`)).toContain('У 2 номеров не станет пользователя');
    const confirmed = await check(`${one.number};сотрудник;Анна Котова;;подтверждено`);
    expect(confirmed).toContain('«Подтверждено» из этих строк мы не учли');
  });

  it('come out as a file, go in again, and change what was changed', async () => {
    const owner = await company(app);
    const [anna, oleg] = [await companyLine(app, owner, 'Анна Котова'), await companyLine(app, owner)];
    const visitor = await app.signInCustomer(owner);
    const { text: file, headers } = await visitor.get(`${PATH}/users.csv`);
    expect(headers['content-type']).toContain('text/csv');
    expect(file).toContain(`${anna.number.slice(1)};сотрудник;Анна Котова;;внести в ЕСИА;`);
    const rows = file.replace(`${oleg.number.slice(1)};;;;`, `${oleg.number.slice(1)};устройство;Касса;IMEI 1;подано;`);
    expect(rows).not.toBe(file);
    const checked = await visitor.submit(`${PATH}/users`, { rows }, `${PATH}/users/check`);
    expect(checked.status).toBe(200);
    expect(textOf(checked)).toContain('Изменится 1 номер. 1 останется как есть.');
    expect(await lineRow(app, oleg.lineId)).toMatchObject({ user_kind: null });
    expect((await visitor.submit(checked, { rows }, `${PATH}/users`)).status).toBe(303);
    expect(await lineRow(app, oleg.lineId)).toMatchObject({
      ...{ used_by: 'Касса', user_kind: 'device', user_note: 'IMEI 1', esia_state: 'submitted' },
    });
    expect(await eventsOf(app, anna.lineId)).not.toContain('esia_submitted');
  });

  it('say which rows are wrong, and are taken whole or not at all', async () => {
    const [owner, other] = [await company(app), await company(app)];
    const [own, foreign] = [await companyLine(app, owner), await companyLine(app, other)];
    const visitor = await app.signInCustomer(owner);
    const rows = [`${own.number};сотрудник;Анна Котова`, `${foreign.number};сотрудник;Олег Ким`, 'Пётр'].join('\n');
    const checked = await visitor.submit(`${PATH}/users`, { rows }, `${PATH}/users/check`);
    const shown = textOf(checked);
    expect(shown).toContain('Строка 2');
    expect(shown).toContain('Такого номера у компании нет');
    expect(shown).toContain('Строка 3');
    expect(checked.text).not.toContain('formaction');
    const token = /name="_csrf" value="([^"]+)"/.exec(checked.text)?.[1];
    const forced = await visitor.post(`${PATH}/users`, { rows, _csrf: token }, PATH);
    expect([forced.status, fieldErrors(forced)['rows']]).toEqual([
      422,
      expect.stringContaining('В строках есть ошибки'),
    ]);
    expect(await lineRow(app, own.lineId)).toMatchObject({ user_kind: null });
    const empty = await visitor.submit(`${PATH}/users`, { rows: ' ' }, `${PATH}/users/check`);
    expect(Object.keys(fieldErrors(empty))).toEqual(['rows']);
  });
});

describe('a line that ended', () => {
  it('is nobody’s duty any more', async () => {
    const owner = await company(app);
    const line = await companyLine(app, owner, 'Анна Котова');
    await app.get(Database).transaction((sql) => app.get(Lines).end(sql, line.lineId, 'уволилась', { kind: 'system' }));
    const visitor = await app.signInCustomer(owner);
    expect(textOf(await visitor.open(PATH))).toContain('Номеров пока нет');
    expect((await visitor.get(`${PATH}/lines/${line.lineId}`)).status).toBe(404);
  });
});
