import { TestApp, useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { customer, customerWithPassword, PASSWORD } from './people.js';
import { sameButForTokens } from './same.js';

const app = useApp();

const tryPassword = (visitor: Visitor, phone: string, password: string) =>
  visitor.submit('/session/new', { phone, password }, '/session');

const spelled = (phone: string) =>
  `8 (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8, 10)}-${phone.slice(10)}`;

describe('log-in with a password', () => {
  it('takes the phone in another spelling and leads to the cabinet', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = app.visitor();
    const answer = await tryPassword(visitor, spelled(phone), PASSWORD);
    expect([answer.status, answer.headers.location]).toEqual([303, '/cabinet']);
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
  });

  it('leads back to where the stranger wanted to go, and nowhere else', async () => {
    const { phone } = await customerWithPassword(app);
    const sent = await app.visitor().get('/cabinet/profile');
    expect(sent.status).toBe(303);
    const back = sent.headers.location ?? '';
    const answer = await app.visitor().submit(back, { phone, password: PASSWORD }, '/session');
    expect(answer.headers.location).toBe('/cabinet/profile');
    const lured = await app
      .visitor()
      .submit('/session/new?back=//evil.example', { phone, password: PASSWORD }, '/session');
    expect(lured.headers.location).toBe('/cabinet');
  });

  it('needs no page for whoever is in already', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = app.visitor();
    await tryPassword(visitor, phone, PASSWORD);
    const answers = [await visitor.get('/session/new'), await visitor.get('/session/new?back=/cabinet/profile')];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers.map(({ headers }) => headers.location)).toEqual(['/cabinet', '/cabinet/profile']);
  });

  it('gives the session a new id, and its end is the end', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = app.visitor();
    await tryPassword(visitor, phone, PASSWORD);
    const first = sessionOf(visitor);
    const token = page(await visitor.open('/cabinet/profile'))
      .querySelector('[name=_csrf]')
      ?.getAttribute('value');
    const again = await visitor.post('/session', { _csrf: token, phone, password: PASSWORD }, '/session/new');
    expect(again.status).toBe(303);
    expect(sessionOf(visitor)).not.toBe(first);
    const stolen = app.visitor();
    await visitor.submit('/cabinet/profile', {}, '/session/end');
    expect((await visitor.get('/cabinet/profile')).status).toBe(303);
    expect((await stolen.get('/cabinet/profile')).status).toBe(303);
    expect(await app.database.query('select from customer_session where sid = $1', [idOf(first)])).toEqual([]);
  });

  it('says at each field what is missing and keeps the phone', async () => {
    const empty = await app.visitor().submit('/session/new', { phone: '', password: '' }, '/session');
    expect(empty.status).toBe(422);
    expect(Object.keys(fieldErrors(empty))).toEqual(['phone', 'password']);
    const odd = await tryPassword(app.visitor(), '12', PASSWORD);
    expect(Object.keys(fieldErrors(odd))).toEqual(['phone']);
    expect(odd.text).toContain('value="12"');
    expect(odd.text).not.toContain(PASSWORD);
  });

  it('answers the same for a known and an unknown phone', async () => {
    const known = await customerWithPassword(app);
    const withoutPassword = await customer(app);
    const unknown = app.world.newPhone();
    const answers = [];
    for (const phone of [known.phone, withoutPassword.phone, unknown]) {
      const answer = await tryPassword(app.visitor(), phone, 'не тот пароль');
      answers.push(sameButForTokens(answer, phone));
      expect(answer.status).toBe(422);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('takes as long for an unknown phone as for a known one', async () => {
    const phones = [(await customerWithPassword(app)).phone, (await customer(app)).phone, app.world.newPhone()];
    const times = phones.map((): number[] => []);
    for (let round = 0; round < 12; round++) {
      for (const [index, phone] of phones.entries()) {
        const visitor = app.visitor();
        const page = await visitor.get('/session/new');
        const before = performance.now();
        await visitor.submit(page, { phone, password: 'не тот пароль' }, '/session');
        times[index]?.push(performance.now() - before);
      }
      await app.database.query('update rate_limit set expire = 0');
    }
    // The quicker ones tell: a busy machine only ever adds. Without the slow hash a try takes a third of the time.
    const [known, withoutPassword, unknown] = times.map(lowerQuartile) as [number, number, number];
    const noise = Math.max(10, unknown * 0.4);
    expect(Math.abs(known - unknown)).toBeLessThan(noise);
    expect(Math.abs(withoutPassword - unknown)).toBeLessThan(noise);
  });

  it('refuses a form without a valid token', async () => {
    const { phone } = await customerWithPassword(app);
    expect((await app.visitor().post('/session', { phone, password: PASSWORD })).status).toBe(403);
    const visitor = app.visitor();
    await visitor.get('/session/new');
    expect((await visitor.post('/session', { phone, password: PASSWORD, _csrf: 'a.b' })).status).toBe(403);
  });

  it('ends after fifteen minutes without activity, and the page says so', async () => {
    const { phone } = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    app.clock.advance({ minutes: 14 });
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
    app.clock.advance({ minutes: 14 });
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
    app.clock.advance({ minutes: 15, seconds: 1 });
    const ended = await visitor.get('/cabinet/profile');
    expect(ended.status).toBe(303);
    expect(textOf(await visitor.follow(ended))).toContain('мы закрыли кабинет');
  });
});

describe('limits of wrong passwords', () => {
  const tryTimes = async (where: TestApp, phone: string, times: number) => {
    const answers = [];
    for (let count = 0; count < times; count++) {
      answers.push(await tryPassword(where.visitor(), phone, 'не тот пароль'));
    }
    return answers.map(({ status }) => status);
  };

  it('hold for two processes and across a restart, for the right password too', async () => {
    const { phone } = await customerWithPassword(app);
    const other = await TestApp.start({ beside: app });
    expect(await tryTimes(app, phone, 3)).toEqual([422, 422, 422]);
    expect(await tryTimes(other, phone, 3)).toEqual([422, 422, 429]);
    await other.close();
    const restarted = await TestApp.start({ beside: app });
    const refused = await tryPassword(restarted.visitor(), phone, PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    await restarted.close();
  });

  it('say the same for an unknown phone', async () => {
    expect(await tryTimes(app, app.world.newPhone(), 6)).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('do not touch anybody else and are over when the cool-down is', async () => {
    const [one, other] = [await customerWithPassword(app), await customerWithPassword(app)];
    await tryTimes(app, one.phone, 6);
    expect((await tryPassword(app.visitor(), other.phone, PASSWORD)).status).toBe(303);
    await app.database.query(`update rate_limit set expire = 0 where key like 'password_customer%'`);
    expect((await tryPassword(app.visitor(), one.phone, PASSWORD)).status).toBe(303);
  });

  it('start anew after a right password', async () => {
    const { phone } = await customerWithPassword(app);
    await tryTimes(app, phone, 4);
    await tryPassword(app.visitor(), phone, PASSWORD);
    expect(await tryTimes(app, phone, 5)).toEqual([422, 422, 422, 422, 422]);
  });

  it('keep no phone and no address', async () => {
    const { phone } = await customer(app);
    await tryTimes(app, phone, 1);
    const rows = await app.database.query<{ key: string }>('select key from rate_limit');
    expect(rows.filter(({ key }) => key.includes(phone.slice(1)) || key.includes('127.0.0.1'))).toEqual([]);
  });
});

function sessionOf(visitor: Visitor): string {
  return visitor.cookies().find(({ name }) => name === 'sid')?.value ?? '';
}

/** `s:<id>.<signature>`, as it stands in the cookie. */
function idOf(cookie: string): string {
  return decodeURIComponent(cookie).slice(2).split('.')[0] ?? '';
}

function lowerQuartile(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 4)] ?? 0;
}
