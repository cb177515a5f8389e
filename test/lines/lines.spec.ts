import { FirstPasswords } from '../../src/auth/first-log-in/first-passwords.service.js';
import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { SimReveals } from '../../src/sims/secrets/sim-reveals.service.js';
import { customer } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { subscriber } from './subscriber.js';

const app = useApp();
const SYSTEM = { kind: 'system' } as const;

const inTransaction = <T>(
  work: (sql: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<T>,
): Promise<T> => app.get(Database).transaction(work);
const logIn = (visitor: Visitor, phone: string, password: string) =>
  visitor.submit('/session/new', { phone, password }, '/session');

afterEach(() => app.expectBooksBalance());

describe('a line that was handed over', () => {
  it('stands in the cabinet with its tariff and account, and says that it is being connected', async () => {
    const person = await subscriber(app, await customer(app));
    const visitor = await app.signInCustomer(person);
    const list = textOf(await visitor.open('/cabinet/lines'));
    expect(list).toContain('Без переплат');
    expect(list).toMatch(/Лицевой счёт \d{7}/);
    const shown = textOf(await visitor.open(`/cabinet/lines/${person.lineId}`));
    expect(shown).toContain('Подключается');
    expect(shown).toContain('550 ₽ в месяц');
    await inTransaction((sql) => app.get(Lines).activate(sql, person.lineId, SYSTEM));
    expect(textOf(await visitor.open(`/cabinet/lines/${person.lineId}`))).toContain('Номер заработал');
  });

  it('is one account for all lines of a customer', async () => {
    const owner = await customer(app);
    await subscriber(app, owner);
    await subscriber(app, owner);
    const accounts = await app.database.query('select number from personal_account where customer_id = $1', [
      owner.customerId,
    ]);
    expect(accounts).toHaveLength(1);
  });

  it('opens the cabinet by the digits of its SIM card, but not where somebody else uses it', async () => {
    const own = await subscriber(app, await customer(app));
    expect((await logIn(app.visitor(), own.number, '4821')).headers.location).toMatch(/^\/session\/first\//);
    const child = await subscriber(app, await customer(app), 'Сын');
    expect((await logIn(app.visitor(), child.number, '4821')).status).toBe(422);
  });

  it('opens nothing any more once somebody else uses it, nor once it has ended', async () => {
    const person = await subscriber(app, await customer(app));
    await inTransaction((sql) => app.get(Lines).changeUser(sql, person.lineId, 'Мама', SYSTEM));
    expect((await logIn(app.visitor(), person.number, '4821')).status).toBe(422);
    await inTransaction((sql) => app.get(Lines).changeUser(sql, person.lineId, null, SYSTEM));
    expect(await app.get(FirstPasswords).list(person.customerId)).toMatchObject([{ endReason: 'taken_back' }]);
    await inTransaction((sql) => app.get(Lines).end(sql, person.lineId, 'ушёл к другому оператору', SYSTEM));
    const found = await app.database.query('select from login_number where phone = $1', [person.number]);
    expect(found).toEqual([]);
  });

  it('keeps the digits of its SIM card from everybody while they are a password', async () => {
    const person = await subscriber(app, await customer(app));
    const staff = { kind: 'staff', id: (await app.world.hire('manager')).id } as const;
    const [line] = await app.database.query<{ sim_id: string }>('select sim_id from line where id = $1', [
      person.lineId,
    ]);
    const reveal = () => app.get(SimReveals).reveal(line!.sim_id, 'iccid', staff);
    await expect(reveal()).rejects.toMatchObject({ code: 'sim_digits_alive' });
    await inTransaction((sql) => app.get(FirstPasswords).end(sql, { phone: person.number }, 'password_set'));
    expect(await reveal()).toMatchObject({ what: 'iccid' });
  });

  it('has a number that no other live line has', async () => {
    const one = await subscriber(app, await customer(app));
    const again = app.database.query(
      `insert into line (id, customer_id, account_id, operator_id, tariff_version_id, number, state, opened_at)
       select gen_random_uuid(), customer_id, account_id, operator_id, tariff_version_id, number, 'handed_over', now()
       from line where id = $1`,
      [one.lineId],
    );
    await expect(again).rejects.toThrow(/line_live_number_idx/);
  });

  it('does not begin again once it has ended', async () => {
    const { lineId } = await subscriber(app, await customer(app));
    await inTransaction((sql) => app.get(Lines).end(sql, lineId, 'проба', SYSTEM));
    await expect(inTransaction((sql) => app.get(Lines).activate(sql, lineId, SYSTEM))).rejects.toMatchObject({
      code: 'line_state_forbids',
    });
  });
});

describe('a customer who is absorbed by another', () => {
  it('leaves the survivor the lines, their account and the way in by their numbers', async () => {
    const [from, into] = [await subscriber(app, await customer(app)), await customer(app)];
    const staffId = (await app.world.hire('manager')).id;
    await app.get(CustomerMerging).merge({ fromId: from.customerId, intoId: into.customerId, staffId });
    const visitor = await app.signInCustomer(into);
    expect(textOf(await visitor.open(`/cabinet/lines/${from.lineId}`))).toContain('Без переплат');
    const [owner] = await app.database.query<{ login_id: string }>(
      'select login_id from login_number where phone = $1',
      [from.number],
    );
    expect(owner!.login_id).toBe(into.customerId);
    expect((await logIn(app.visitor(), from.number, '4821')).status).toBe(422);
  });

  it('has lines paid from the survivor’s account where there is one', async () => {
    const [from, into] = [await subscriber(app, await customer(app)), await subscriber(app, await customer(app))];
    const staffId = (await app.world.hire('manager')).id;
    await app.get(CustomerMerging).merge({ fromId: from.customerId, intoId: into.customerId, staffId });
    const accounts = await app.database.query('select distinct account_id from line where customer_id = $1', [
      into.customerId,
    ]);
    expect(accounts).toHaveLength(1);
  });
});

describe('a customer', () => {
  it('names a line, and takes the name away', async () => {
    const person = await subscriber(app, await customer(app));
    const visitor = await app.signInCustomer(person);
    const path = `/cabinet/lines/${person.lineId}`;
    expect((await visitor.submit(path, { nickname: ' Дача ' })).headers.location).toBe(path);
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain('Дача');
    expect(Object.keys(fieldErrors(await visitor.submit(path, { nickname: 'а'.repeat(41) })))).toEqual(['nickname']);
    await visitor.submit(path, { nickname: '' });
    expect(textOf(await visitor.open('/cabinet/lines'))).not.toContain('Дача');
  });

  it('sees no line of anybody else', async () => {
    const person = await subscriber(app, await customer(app));
    const stranger = await app.signInCustomer(await customer(app));
    expect((await stranger.get(`/cabinet/lines/${person.lineId}`)).status).toBe(404);
    const own = await subscriber(app, await customer(app));
    const visitor = await app.signInCustomer(own);
    const form = await visitor.open(`/cabinet/lines/${own.lineId}`);
    const token = page(form).querySelector('input[name="_csrf"]')?.getAttribute('value');
    const foreign = await visitor.post(`/cabinet/lines/${person.lineId}/name`, { nickname: 'x', _csrf: token });
    expect(foreign.status).toBe(404);
  });

  it('without lines is led to the tariffs', async () => {
    const visitor = await app.signInCustomer(await customer(app));
    expect(textOf(await visitor.open('/cabinet/lines'))).toContain('Выбрать тариф');
  });
});
