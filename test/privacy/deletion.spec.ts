import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { company, companyLine } from '../companies/companies.js';
import { subscriber } from '../lines/subscriber.js';
import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customer, customerWithPassword, PASSWORD } from '../auth/people.js';

const app = useApp();
const DELETION = '/cabinet/profile/deletion';

const askBy = (visitor: Visitor, password = PASSWORD) => visitor.submit(DELETION, { password }, DELETION);
const one = async <Row extends object>(sql: string, ...params: unknown[]): Promise<Row> => {
  const [row] = await app.database.query<Row>(sql, params);
  return row!;
};

/** Everything in the database that names this, as `table.column`. */
async function tracesOf(word: string): Promise<string[]> {
  const columns = await app.database.query<{ table: string; column: string }>(
    `select c.table_name as "table", c.column_name as "column" from information_schema.columns c
     join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'json', 'jsonb')`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const hits = await app.database.query(`select from ${table} where ${column}::text like '%' || $1 || '%' limit 1`, [
      word,
    ]);
    if (hits.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

describe('deleting one’s own cabinet', () => {
  it('waits a week, then leaves no name, phone or mail anywhere, and books that balance', async () => {
    const till = await app.world.openTill();
    const person = await app.world.activeCard(till);
    await app.database.query(
      `update customer set surname = 'Заглоба-Редкая', email = 'rare@example.ru', birth_date = '1990-05-31' where id = $1`,
      [person.customerId],
    );
    await till.purchase({ card: person.number, sum: '1000.00' });
    const visitor = await app.signInCustomer({ phone: person.phone });
    await app.database.query(`delete from rate_limit where key like 'sms_%'`);
    const asked = await visitor.submit(DELETION, {}, `${DELETION}/codes`);
    const done = await visitor.submit(asked.headers.location ?? '', { code: await app.codeSentTo(person.phone) });
    expect(textOf(await visitor.follow(done))).toContain('Кабинет будет удалён');
    expect(textOf(await visitor.get('/cabinet'))).toContain('Передумали?');
    app.clock.advance({ days: 6 });
    await app.runDue();
    expect(await tracesOf(person.phone)).toContain('login.phone');
    app.clock.advance({ days: 2 });
    await app.runDue();
    expect(await tracesOf(person.phone)).toEqual([]);
    expect(await tracesOf('Заглоба')).toEqual([]);
    expect(await tracesOf('rare@example.ru')).toEqual([]);
    expect(await one('select surname, name, birth_date from customer where id = $1', person.customerId)).toEqual({
      surname: null,
      name: null,
      birth_date: null,
    });
    expect(await one('select state from card where number = $1', person.number)).toEqual({ state: 'blocked' });
    expect((await till.purchase({ card: person.number, sum: '10.00' })).body.code).toBe('card_blocked');
    expect(await one('select count(*)::int as kept from purchase where card_number = $1', person.number)).toEqual({
      kept: 1,
    });
    const [entry] = await app.database.query(
      `select actor_kind from audit_log where action = 'customer.deleted' and object_id = $1`,
      [person.customerId],
    );
    expect(entry).toEqual({ actor_kind: 'system' });
  });

  it('lets the phone open a new cabinet, which is empty', async () => {
    const { phone, customerId } = await customerWithPassword(app);
    await askBy(await app.signInCustomer({ phone, password: PASSWORD }));
    app.clock.advance({ days: 8 });
    await app.runDue();
    const refused = await app.visitor().submit('/session/new', { phone, password: PASSWORD }, '/session');
    expect(refused.status).toBe(422);
    const till = await app.world.openTill();
    const again = await app.world.activate(await app.world.sellCard(till), phone);
    expect(again.customerId).not.toBe(customerId);
    const visitor = await app.signInCustomer({ phone });
    expect((await visitor.get('/cabinet')).status).toBe(200);
  });

  it('asks for the password, and is called off by a button', async () => {
    const { phone, customerId } = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    expect(Object.keys(fieldErrors(await askBy(visitor, 'не тот пароль')))).toEqual(['password']);
    expect((await askBy(visitor)).status).toBe(303);
    await visitor.submit(DELETION, {}, `${DELETION}/cancellation`);
    app.clock.advance({ days: 8 });
    await app.runDue();
    expect(await one('select phone from login where id = $1', customerId)).toEqual({ phone });
    // Whoever changes their mind once more is not held by the first time.
    expect((await askBy(await app.signInCustomer({ phone, password: PASSWORD }))).status).toBe(303);
  });

  it('cannot be while a purchase waits for the pump, and says so', async () => {
    const till = await app.world.openTill();
    const card = await app.world.richCard(till);
    const owner = await one<{ phone: string; id: string }>(
      'select l.phone, l.id from card join login l on l.id = card.customer_id where number = $1',
      card,
    );
    const { body: held } = await till.hold({ card, redeem: '1.00' });
    const visitor = await app.signInCustomer({ phone: owner.phone });
    expect(textOf(await visitor.get(DELETION))).toContain('Идёт покупка');
    await till.cancel(held.id);
    expect(textOf(await visitor.get(DELETION))).toContain('Что произойдёт');
  });

  it('cannot be while a number is live, whatever is sent', async () => {
    const person = await subscriber(app, await customerWithPassword(app), 'Бабушка');
    const visitor = await app.signInCustomer({ phone: person.phone, password: PASSWORD });
    expect(textOf(await visitor.get(DELETION))).toContain('Сначала отключите его');
    const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.get('/cabinet/profile')).text)?.[1];
    const forced = await visitor.post(DELETION, { password: PASSWORD, _csrf: token }, DELETION);
    expect([forced.status, textOf(forced)]).toEqual([409, expect.stringContaining('Пока кабинет удалить нельзя')]);
    await app
      .get(Database)
      .transaction((sql) => app.get(Lines).end(sql, person.lineId, 'Бабушка переехала', { kind: 'system' }));
    expect((await askBy(visitor)).status).toBe(303);
    app.clock.advance({ days: 8 });
    await app.runDue();
    expect(await tracesOf('Бабушка')).toEqual([]);
  });

  it('takes a company along, with whoever signs for it and used its numbers', async () => {
    const person = await customerWithPassword(app);
    const owner = await company(app, 'ООО «Заповедная»', person);
    await app.database.query(
      `update company set signer = 'Сигнатова Анна', email = 'zapoved@example.ru' where inn = $1`,
      [owner.inn],
    );
    const line = await companyLine(app, owner, 'Пользователева Ольга');
    await app.database.query(`update line set user_note = 'кабинет Примечательный' where id = $1`, [line.lineId]);
    app.clock.advance({ days: 5 });
    await app.runDue();
    await app.get(Database).transaction((sql) => app.get(Lines).end(sql, line.lineId, 'закрылись', { kind: 'system' }));
    const visitor = await app.signInCustomer({ phone: person.phone, password: PASSWORD });
    expect((await askBy(visitor)).status).toBe(303);
    expect(await tracesOf('Заповедная')).toContain('company.name');
    app.clock.advance({ days: 8 });
    await app.runDue();
    for (const word of ['Заповедная', owner.inn, 'Сигнатова', 'zapoved', 'Пользователева', 'Примечательный']) {
      expect([word, await tracesOf(word)]).toEqual([word, []]);
    }
  });

  it('is put off where something came in the way during the week', async () => {
    const { phone, customerId } = await customer(app);
    const visitor = await app.signInCustomer({ phone });
    await app.database.query(`delete from rate_limit where key like 'sms_%'`);
    const asked = await visitor.submit(DELETION, {}, `${DELETION}/codes`);
    await visitor.submit(asked.headers.location ?? '', { code: await app.codeSentTo(phone) });
    const till = await app.world.openTill();
    const { number } = await one<{ number: string }>('select number from card where customer_id = $1', customerId);
    app.clock.advance({ days: 8 });
    const { body: held } = await till.hold({ card: number });
    await app.runDue();
    expect(await one('select phone from login where id = $1', customerId)).toEqual({ phone });
    await till.cancel(held.id);
    app.clock.advance({ days: 1 });
    await app.runDue();
    expect(await one('select phone like $2 as gone from login where id = $1', customerId, '+999%')).toEqual({
      gone: true,
    });
  });
});
