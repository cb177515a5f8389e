import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customer, customerWithPassword, PASSWORD } from './people.js';
import { sameButForTokens } from './same.js';

const app = useApp();
const NEW = 'совсем другая ворона';

async function temporaryPassword(visitor: Visitor, phone: string): Promise<string> {
  await visitor.submit('/reset_password/new', { phone });
  return /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await app.smsTo(phone))?.[0] ?? '';
}

const logIn = (visitor: Visitor, phone: string, password: string) =>
  visitor.submit('/session/new', { phone, password }, '/session');

describe('a temporary password', () => {
  it('opens one step: a new password, and then the cabinet', async () => {
    const { phone } = await customer(app);
    const visitor = app.visitor();
    const password = await temporaryPassword(visitor, phone);
    const answer = await logIn(visitor, phone, password.toLowerCase().replace('-', ' '));
    expect(answer.headers.location).toMatch(/^\/reset_password\/.+/);
    expect((await visitor.get('/cabinet/profile')).status).toBe(303);
    const page = await visitor.follow(answer);
    const weak = await visitor.submit(page, { password: 'qwertyuiop' });
    expect([weak.status, Object.keys(fieldErrors(weak))]).toEqual([422, ['password']]);
    const done = await visitor.submit(weak, { password: NEW });
    expect([done.status, done.headers.location]).toEqual([303, '/cabinet']);
    expect((await visitor.get('/cabinet/profile')).status).toBe(200);
    expect((await logIn(app.visitor(), phone, NEW)).headers.location).toBe('/cabinet');
    expect((await app.visitor().get(answer.headers.location ?? '')).status).toBe(404);
    expect((await visitor.get(answer.headers.location ?? '')).status).toBe(404);
  });

  it('works once and for ten minutes', async () => {
    const one = await customer(app);
    const visitor = app.visitor();
    const password = await temporaryPassword(visitor, one.phone);
    expect((await logIn(visitor, one.phone, password)).status).toBe(303);
    expect((await logIn(visitor, one.phone, password)).status).toBe(422);
    const late = await customer(app);
    const expired = await temporaryPassword(visitor, late.phone);
    app.clock.advance({ minutes: 10, seconds: 1 });
    expect((await logIn(visitor, late.phone, expired)).status).toBe(422);
  });

  it('leaves the old password alone until the new one is set, and then ends every session', async () => {
    const { phone } = await customerWithPassword(app);
    const elsewhere = await app.signInCustomer({ phone, password: PASSWORD });
    const visitor = app.visitor();
    const password = await temporaryPassword(visitor, phone);
    expect((await logIn(app.visitor(), phone, PASSWORD)).headers.location).toBe('/cabinet');
    const page = await visitor.follow(await logIn(visitor, phone, password));
    await visitor.submit(page, { password: NEW });
    expect((await logIn(app.visitor(), phone, PASSWORD)).status).toBe(422);
    expect((await elsewhere.get('/cabinet/profile')).status).toBe(303);
  });

  it('is asked for in the same words whether the phone is known or not', async () => {
    const { phone } = await customer(app);
    const unknown = app.world.newPhone();
    const seen = [];
    for (const each of [phone, unknown]) {
      const visitor = app.visitor();
      const answer = await visitor.submit('/reset_password/new', { phone: each });
      const next = await visitor.follow(answer);
      expect(textOf(next)).toContain('Если этот номер есть у нас');
      seen.push([answer, next].map((one) => sameButForTokens(one, each)));
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(await app.database.query('select from message where recipient = $1', [unknown])).toEqual([]);
  });

  it('is reached by the short address too', async () => {
    expect((await app.visitor().get('/reset_password')).headers.location).toBe('/reset_password/new');
  });
});
