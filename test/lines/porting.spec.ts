import { customer, customerWithPassword, PASSWORD } from '../auth/people.js';
import { company } from '../companies/companies.js';
import { useApp } from '../support/app.js';
import { formatPhone } from '../../src/shared/phone.js';
import { fieldErrors, type Fields, page, textOf, type Visitor } from '../support/visitor.js';
import { activeSubscriber, endOpenTask, happenings, lineRow, openTask } from './asking.js';

const app = useApp();
let clerk: Visitor;
let made = 0;

beforeAll(async () => {
  clerk = await app.signInStaff(await app.world.hire('operator'));
});

const pathOf = (lineId: string) => `/admin/lines/${lineId}/port`;
const newNumber = () => `+7926${String(1_000_000 + ++made)}`;
const inDays = (days: number) => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' });
  return day.format(new Date(app.clock.now().getTime() + days * 86_400_000));
};
const portIn = (lineId: string, ported: string, fields: Fields = {}) =>
  clerk.submit(
    pathOf(lineId),
    { ported, donor: 'Билайн', from: inDays(8), documentChecked: 'on', ...fields },
    pathOf(lineId),
  );
const simNumber = async (lineId: string) => {
  const [row] = await app.database.query<{ number: string }>(
    'select s.number from line l join sim_card s on s.id = l.sim_id where l.id = $1',
    [lineId],
  );
  return row!.number;
};
const logIn = (phone: string) => app.visitor().submit('/session/new', { phone, password: PASSWORD }, '/session');
const opens = async (phone: string) => {
  const [row] = await app.database.query<{ login_id: string }>('select login_id from login_number where phone = $1', [
    phone,
  ]);
  return row?.login_id ?? null;
};

describe('a number that comes over', () => {
  it('takes the place of the temporary one on the line, on the card and at the door', async () => {
    const line = await activeSubscriber(app, null, await customerWithPassword(app));
    const ported = newNumber();
    expect((await portIn(line.lineId, ported.replace('+7', '8 '))).status).toBe(303);
    const visitor = await app.signInCustomer(line);
    expect(textOf(await visitor.open(`/cabinet/lines/${line.lineId}`))).toMatch(
      /Перенос номера .*\(Билайн\), не раньше/,
    );
    expect([await opens(line.number), await opens(ported)]).toEqual([line.customerId, null]);

    app.clock.shift({ days: 8 });
    await endOpenTask(app, line.lineId, 'done');
    expect(await lineRow(app, line.lineId)).toMatchObject({ number: ported, state: 'active' });
    expect(await simNumber(line.lineId)).toBe(ported);
    const said = await app.database.query<{ recipient: string }>(
      `select recipient from message where body like '%перенесён и работает вместо%' and not urgent`,
    );
    expect(said).toEqual([{ recipient: line.phone }]);
    expect([await opens(line.number), await opens(ported)]).toEqual([null, line.customerId]);
    expect((await happenings(app, line.lineId)).at(-1)).toBe('number_changed');
    expect((await logIn(line.number)).status).toBe(422);
    expect((await logIn(ported)).headers.location).toBe('/cabinet');
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain(ported.slice(-2));
  });

  it('leaves its former number in the history and in what the line is found by', async () => {
    const line = await activeSubscriber(app);
    const ported = newNumber();
    await portIn(line.lineId, ported);
    app.clock.shift({ days: 8 });
    await endOpenTask(app, line.lineId, 'done');
    const [plain, next] = [line.number, ported].map((phone) => formatPhone(phone).replaceAll('\u00a0', ' '));
    expect(textOf(await clerk.open(`/admin/lines/${line.lineId}`))).toContain(`Перенос номера ${plain} → ${next}`);
    for (const typed of [line.number, line.number.slice(-7), ported]) {
      const listed = await clerk.open(`/admin/lines?q=${encodeURIComponent(typed)}`);
      expect(page(listed).querySelectorAll('a[data-row]')).toHaveLength(1);
      expect(listed.text).toContain(`/admin/lines/${line.lineId}`);
    }
    const search = await clerk.get(`/admin/search?q=${encodeURIComponent(line.number)}`);
    expect(search.headers.location).toBe(`/admin/lines/${line.lineId}`);
  });

  it('does not come before its day, whoever says that it has', async () => {
    const line = await activeSubscriber(app);
    await portIn(line.lineId, newNumber());
    const { id } = await openTask(app, line.lineId);
    app.clock.shift({ days: 7 });
    const path = `/admin/tasks/${id}`;
    const done = () => clerk.submit(path, { words: 'готово' }, `${path}/completion`);
    const early = await done();
    expect(early.status).toBe(409);
    expect(textOf(early)).toContain('Номер переносят не раньше');
    expect(await lineRow(app, line.lineId)).toMatchObject({ number: line.number });
    app.clock.shift({ days: 1 });
    expect((await done()).status).toBe(303);
  });

  it('opens no cabinet where somebody else uses it', async () => {
    const line = await activeSubscriber(app, 'Мама');
    const ported = newNumber();
    await portIn(line.lineId, ported);
    app.clock.shift({ days: 8 });
    await endOpenTask(app, line.lineId, 'done');
    expect(await lineRow(app, line.lineId)).toMatchObject({ number: ported });
    expect(await opens(ported)).toBeNull();
  });

  it('does not come where the former operator refuses', async () => {
    const line = await activeSubscriber(app);
    const ported = newNumber();
    await portIn(line.lineId, ported);
    await endOpenTask(app, line.lineId, 'refused', 'Ошибка в паспорте');
    expect(await lineRow(app, line.lineId)).toMatchObject({ number: line.number });
    expect(await opens(line.number)).toBe(line.customerId);
    expect((await portIn(line.lineId, ported)).status).toBe(303);
  });

  it.each([
    ['person', 7, false],
    ['person', 8, true],
    ['company', 28, false],
    ['company', 29, true],
    ['person', 181, false],
  ])('of a %s in %d days: %s', async (subscriber, days, fits) => {
    const { lineId } = await activeSubscriber(app, null, subscriber === 'company' ? await company(app) : undefined);
    const answer = await portIn(lineId, newNumber(), { from: inDays(days) });
    expect([answer.status, Object.keys(fieldErrors(answer))]).toEqual(fits ? [303, []] : [422, ['from']]);
  });

  it.each(['МегаФон', 'мегафон', 'Megafon', 'Мега-Фон'])(
    'does not come from the line’s own operator: %s',
    async (donor) => {
      const { lineId } = await activeSubscriber(app);
      expect(Object.keys(fieldErrors(await portIn(lineId, newNumber(), { donor })))).toEqual(['donor']);
    },
  );

  it('is one of a mobile network, and on one line at a time', async () => {
    const [one, other] = [await activeSubscriber(app), await activeSubscriber(app)];
    expect(Object.keys(fieldErrors(await portIn(one.lineId, '8 812 123-45-67')))).toEqual(['ported']);
    expect(textOf(await portIn(one.lineId, other.number))).toContain('Этот номер уже подключён');
    const ported = newNumber();
    const forms = await Promise.all([one, other].map(({ lineId }) => clerk.open(pathOf(lineId))));
    const fields = { ported, donor: 'T2', from: inDays(9), documentChecked: 'on' };
    const answers = await Promise.all(
      [one, other].map(({ lineId }, place) => clerk.submit(forms[place]!, fields, pathOf(lineId))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  it('is left to its holder where it is somebody’s contact phone', async () => {
    const [line, holder] = [await activeSubscriber(app), await customer(app)];
    await portIn(line.lineId, holder.phone);
    app.clock.shift({ days: 8 });
    await endOpenTask(app, line.lineId, 'done');
    const visitor = await app.signInCustomer(holder);
    expect((await visitor.get(`/cabinet/lines/${line.lineId}`)).status).toBe(404);
  });
});
