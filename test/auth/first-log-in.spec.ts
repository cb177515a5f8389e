import { FirstPasswords } from '../../src/auth/first-log-in/first-passwords.service.js';
import { Logins } from '../../src/auth/logins/logins.service.js';
import { Database } from '../../src/infra/database/database.js';
import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customer, customerWithPassword, PASSWORD } from './people.js';
import { sameButForTokens } from './same.js';

const app = useApp();
const WRONG = '0000';

interface Subscriber {
  customerId: string;
  /** The contact phone. */
  phone: string;
  /** The number of the SIM card that was handed over. */
  number: string;
  tail: string;
}

/** A customer who took a SIM card and uses it themselves: no password yet. */
async function subscriber(tails = ['4821'], person = customer(app)): Promise<Subscriber> {
  const { customerId, phone } = await person;
  const number = app.world.newPhone();
  await app.get(Database).transaction(async (sql) => {
    await app.get(Logins).addNumber(sql, customerId, number);
    await app.get(FirstPasswords).open(sql, { loginId: customerId, phone: number, tails, actor: { kind: 'system' } });
  });
  return { customerId, phone, number, tail: tails[0]! };
}

async function messagesTo(phone: string): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    'select count(*)::int as count from message where recipient = $1',
    [phone],
  );
  return row!.count;
}

const logIn = (visitor: Visitor, phone: string, password: string) =>
  visitor.submit('/session/new', { phone, password }, '/session');

describe('the digits of a SIM card', () => {
  it('open a code by SMS to that very number, then the first password, then the cabinet', async () => {
    const { number, phone, tail, customerId } = await subscriber();
    const visitor = app.visitor();
    const step = await logIn(visitor, number, tail);
    expect(step.headers.location).toMatch(/^\/session\/first\/.+/);
    expect((await visitor.get('/cabinet')).status).toBe(303);
    const page = await visitor.follow(step);
    expect(textOf(page)).toContain('Осталось подтвердить номер');
    const code = await app.codeSentTo(number);
    const proven = await visitor.submit(page, { code }, /session\/first\/[^/]+$/);
    expect(proven.headers.location).toMatch(/^\/reset_password\/.+/);
    await app.database.query(`update customer set email = 'ivan.vetrov@mail.example' where id = $1`, [customerId]);
    const spelled = (digits: string) => `8 (${digits.slice(2, 5)}) ${digits.slice(5)}`;
    for (const password of [number, spelled(number), spelled(phone), 'ivan.vetrov', 'Ivan.Vetrov@mail.example']) {
      const refused = await visitor.submit(await visitor.follow(proven), { password });
      expect([password, refused.status, Object.keys(fieldErrors(refused))]).toEqual([password, 422, ['password']]);
    }
    const done = await visitor.submit(await visitor.follow(proven), { password: PASSWORD });
    expect([done.status, done.headers.location]).toEqual([303, '/cabinet']);
    expect((await visitor.get('/cabinet')).status).toBe(200);
    expect((await logIn(app.visitor(), number, tail)).status).toBe(422);
    for (const each of [number, phone]) {
      expect((await logIn(app.visitor(), each, PASSWORD)).headers.location).toBe('/cabinet');
    }
  });

  it('are right in either reading where the check digit is ambiguous', async () => {
    const { number } = await subscriber(['4821', '8217']);
    expect((await logIn(app.visitor(), number, '8217')).headers.location).toMatch(/^\/session\/first\//);
  });

  it('open nothing without the SMS, and the code opens nothing in another browser', async () => {
    const { number, tail } = await subscriber();
    const visitor = app.visitor();
    const step = await logIn(visitor, number, tail);
    expect((await app.visitor().get(step.headers.location ?? '')).status).toBe(404);
    const wrong = await visitor.submit(await visitor.follow(step), { code: '000000' }, /session\/first\/[^/]+$/);
    expect(wrong.status).toBe(422);
    expect((await visitor.get('/cabinet')).status).toBe(303);
  });

  it('are switched off by five wrong tries in all, from wherever they come', async () => {
    const { number, tail, customerId } = await subscriber();
    for (let n = 0; n < 4; n++) await app.get(FirstPasswords).match(number, WRONG);
    expect((await logIn(app.visitor(), number, tail)).status).toBe(303);
    await app.get(FirstPasswords).match(number, WRONG);
    app.clock.advance({ minutes: 2 });
    expect((await logIn(app.visitor(), number, tail)).status).toBe(422);
    expect(await app.get(FirstPasswords).list(customerId)).toEqual([
      { phone: number, triesLeft: 0, endReason: 'wrong_tries' },
    ]);
  });

  it('are off once five of many guesses at the same time were wrong', async () => {
    const { number, customerId } = await subscriber(['1005']);
    const guesses = Array.from({ length: 20 }, (_, n) => String(1100 + n));
    const found = await Promise.all(guesses.map((guess) => app.get(FirstPasswords).match(number, guess)));
    expect(found.filter((each) => each !== null)).toEqual([]);
    expect(await app.get(FirstPasswords).list(customerId)).toMatchObject([{ triesLeft: 0, endReason: 'wrong_tries' }]);
    expect(await app.get(FirstPasswords).match(number, '1005')).toBeNull();
  });

  it('are no door where a password is set already', async () => {
    const { number } = await subscriber(['4821'], customerWithPassword(app));
    expect((await logIn(app.visitor(), number, '4821')).status).toBe(422);
  });

  it('are refused in the same words as those of a number nobody has', async () => {
    const { number } = await subscriber();
    const seen = [];
    for (const each of [number, app.world.newPhone()]) {
      seen.push(sameButForTokens(await logIn(app.visitor(), each, WRONG), each));
    }
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe('a line of one’s own', () => {
  it('opens the cabinet by a code that goes to the contact phone', async () => {
    const { number, phone } = await subscriber();
    const visitor = app.visitor();
    const asked = await visitor.submit('/session/new', { phone: number, password: '' }, '/session/code');
    const page = await visitor.follow(asked);
    expect(textOf(page)).not.toContain(phone.slice(-4));
    const code = await app.codeSentTo(phone);
    expect((await visitor.submit(page, { code }, /session\/code\/[^/]+$/)).headers.location).toBe('/cabinet');
  });

  it('is not rung through again and again by way of many numbers', async () => {
    const { number, phone, customerId } = await subscriber();
    const other = app.world.newPhone();
    app.clock.advance({ minutes: 2 });
    const before = await messagesTo(phone);
    await app.get(Database).transaction((sql) => app.get(Logins).addNumber(sql, customerId, other));
    for (const each of [number, other]) {
      await app.visitor().submit('/session/new', { phone: each, password: '' }, '/session/code');
    }
    expect((await messagesTo(phone)) - before).toBe(1);
  });

  it('leads to whoever has confirmed it as their contact phone, once somebody has', async () => {
    const { number } = await subscriber();
    const owner = await app.database.query<{ id: string }>(
      `insert into login (id, phone, created_at) values (gen_random_uuid(), $1, now()) returning id`,
      [number],
    );
    const found = await app.get(Database).transaction((sql) => app.get(Logins).findOrCreate(sql, number));
    expect(found).toBe(owner[0]!.id);
  });

  it('joins its customer where a card is activated with it', async () => {
    const { number, customerId } = await subscriber();
    const found = await app.get(Database).transaction((sql) => app.get(Logins).findOrCreate(sql, number));
    expect(found).toBe(customerId);
  });
});

describe('a spray over many numbers', () => {
  it('raises one alarm, and nobody’s digits are looked at until it is over', async () => {
    app.clock.advance({ minutes: 11 });
    const right = await subscriber(['4821']);
    for (let n = 0; n < 40; n++) await app.get(FirstPasswords).match(app.world.newPhone(), WRONG);
    const alarms = await app.database.query<{ phones: number }>(
      "select phones from security_alarm where seen_at > now() - interval '1 day'",
    );
    expect(alarms).toHaveLength(1);
    expect(alarms[0]!.phones).toBeGreaterThanOrEqual(20);
    expect((await logIn(app.visitor(), right.number, right.tail)).status).toBe(422);
    expect(await app.get(FirstPasswords).list(right.customerId)).toMatchObject([{ triesLeft: 5 }]);
    app.clock.advance({ minutes: 11 });
    expect((await logIn(app.visitor(), right.number, right.tail)).headers.location).toMatch(/^\/session\/first\//);
  });
});
