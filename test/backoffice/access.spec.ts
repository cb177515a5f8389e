import { FirstPasswords } from '../../src/auth/first-log-in/first-passwords.service.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';
import { customer } from '../auth/people.js';

const app = useApp();
let operator: Visitor;

beforeAll(async () => {
  operator = await app.signInStaff(await app.world.hire('operator'));
});

const logIn = (visitor: Visitor, phone: string, password: string) =>
  visitor.submit('/session/new', { phone, password }, '/session');

describe('a customer who cannot get in', () => {
  it('gets a code for one log-in from staff who made sure who is asking', async () => {
    const { customerId, phone } = await customer(app);
    const asked = await operator.open(`/admin/customers/${customerId}`);
    expect(page(asked).querySelector(`a[href="/admin/customers/${customerId}/access"]`)).not.toBeNull();
    const shown = await operator.submit(`/admin/customers/${customerId}/access`, { check: 'document' });
    expect(shown.status).toBe(200);
    expect(shown.headers['cache-control']).toContain('no-store');
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(shown.text)![0];
    const visitor = app.visitor();
    const step = await logIn(visitor, phone, code);
    expect(step.headers.location).toMatch(/^\/reset_password\/.+/);
    expect((await logIn(app.visitor(), phone, code)).status).toBe(422);
    expect(await app.smsTo(phone)).toContain('Сотрудник выдал код');
    const [entry] = await app.database.query<{ facts: object; actor_kind: string }>(
      `select facts, actor_kind from audit_log where action = 'login.office_code_issued' and object_id = $1`,
      [customerId],
    );
    expect(entry).toEqual({ facts: { check: 'document' }, actor_kind: 'staff' });
  });

  it('gets none before it is said how staff made sure, nor more than five a day', async () => {
    const { customerId } = await customer(app);
    const path = `/admin/customers/${customerId}/access`;
    expect(Object.keys(fieldErrors(await operator.submit(path, { check: '' })))).toEqual(['check']);
    for (let n = 0; n < 5; n++) expect((await operator.submit(path, { check: 'questions' })).status).toBe(200);
    expect((await operator.submit(path, { check: 'questions' })).status).toBe(429);
  });

  it('has a code that works for half an hour', async () => {
    const { customerId, phone } = await customer(app);
    const shown = await operator.submit(`/admin/customers/${customerId}/access`, { check: 'document' });
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(shown.text)![0];
    app.clock.advance({ minutes: 30, seconds: 1 });
    expect((await logIn(app.visitor(), phone, code)).status).toBe(422);
  });
});

describe('guessing the digits of many SIM cards', () => {
  it('is seen by managers at once, until one of them takes note', async () => {
    for (let n = 0; n < 25; n++) await app.get(FirstPasswords).match(app.world.newPhone(), '0000');
    const manager = await app.signInStaff(await app.world.hire('manager'));
    expect(textOf(await manager.open('/admin'))).toContain('Подбор цифр SIM-карт');
    const noted = await manager.submit('/admin/alerts', {}, /alarms\/.+\/acknowledgement/);
    expect(noted.headers.location).toBe('/admin/alerts');
    expect(textOf(await manager.open('/admin/alerts'))).not.toContain('Подбор цифр SIM-карт');
  });
});
