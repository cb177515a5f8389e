import { useApp } from '../support/app.js';
import { fieldErrors, textOf, type Visitor } from '../support/visitor.js';
import { customerWithPassword, PASSWORD } from './people.js';

const app = useApp();
const PHONE = '/cabinet/profile/phone';

/** One number is asked for codes again and again here, which the pause between two would forbid. */
const noPause = () => app.database.query(`delete from rate_limit where key like 'sms_%'`);
const phoneOf = async (id: string): Promise<string | undefined> => {
  const [login] = await app.database.query<{ phone: string }>('select phone from login where id = $1', [id]);
  return login?.phone;
};
const wrong = (code: string): string => (code === '000000' ? '111111' : '000000');

interface Begun {
  customerId: string;
  old: string;
  next: string;
  visitor: Visitor;
  /** The page that asks for the present phone's code. */
  page: string;
}

async function begin(next = app.world.newPhone()): Promise<Begun> {
  await noPause();
  const { customerId, phone } = await customerWithPassword(app);
  const visitor = await app.signInCustomer({ phone, password: PASSWORD });
  const asked = await visitor.submit(PHONE, { phone: next });
  expect(asked.status).toBe(303);
  return { customerId, old: phone, next, visitor, page: asked.headers.location ?? '' };
}

async function proveOld({ visitor, page, old }: Begun): Promise<void> {
  const answer = await visitor.submit(page, { code: await app.codeSentTo(old) });
  expect([answer.status, answer.headers.location]).toEqual([303, page]);
}

describe('changing the contact phone', () => {
  it('takes a code to each number, ends other sessions and tells the old one', async () => {
    const change = await begin();
    const { customerId, old, next, visitor, page } = change;
    const elsewhere = await app.signInCustomer({ phone: old, password: PASSWORD });
    await proveOld(change);
    const done = await visitor.submit(page, { code: await app.codeSentTo(next) });
    expect(textOf(await visitor.follow(done))).toContain('Телефон изменён');
    expect(await phoneOf(customerId)).toBe(next);
    expect((await elsewhere.get('/cabinet/profile')).status).toBe(303);
    expect(await app.smsTo(old)).toContain('Телефон кабинета изменён');
    await app.signInCustomer({ phone: next, password: PASSWORD });
    const stale = await app.visitor().submit('/session/new', { phone: old, password: PASSWORD }, '/session');
    expect(stale.status).toBe(422);
    const entries = await app.database.query<{ facts: object }>(
      `select facts from audit_log where action = 'login.phone_changed' and object_id = $1`,
      [customerId],
    );
    expect(entries).toEqual([{ facts: { by: 'codes' } }]);
  });

  it('follows at the till: the new number finds the card, the old one nobody', async () => {
    const change = await begin();
    await proveOld(change);
    await change.visitor.submit(change.page, { code: await app.codeSentTo(change.next) });
    const till = await app.world.openTill();
    const byPhone = (phone: string) => till.purchase({ card: phone, sum: '100.00' });
    expect((await byPhone(change.next)).status).toBe(201);
    expect((await byPhone(change.old)).status).toBe(404);
  });

  it('stops at a wrong code of either number', async () => {
    const change = await begin();
    const { customerId, old, next, visitor, page } = change;
    const refused = await visitor.submit(page, { code: wrong(await app.codeSentTo(old)) });
    expect([refused.status, Object.keys(fieldErrors(refused))]).toEqual([422, ['code']]);
    await proveOld(change);
    expect((await visitor.submit(page, { code: wrong(await app.codeSentTo(next)) })).status).toBe(422);
    expect(await phoneOf(customerId)).toBe(old);
  });

  it('does not take the code of the old number for that of the new one', async () => {
    const change = await begin();
    const first = await change.visitor.get(change.page);
    const code = await app.codeSentTo(change.old);
    await change.visitor.submit(first, { code });
    const again = await change.visitor.submit(first, { code });
    expect(again.status).toBe(422);
    const skipped = await change.visitor.submit(change.page, { code });
    expect(skipped.status).toBe(422);
    expect(await phoneOf(change.customerId)).toBe(change.old);
  });

  it('looks the same for the number of another cabinet, whose holder is told', async () => {
    const other = await customerWithPassword(app);
    const change = await begin(other.phone);
    await proveOld(change);
    const shown = await change.visitor.get(change.page);
    expect(textOf(shown)).toContain('Код на новый номер');
    expect(await app.smsTo(other.phone)).toContain('уже открывает другой кабинет');
    expect((await change.visitor.submit(change.page, { code: '123456' })).status).toBe(422);
    expect(await phoneOf(change.customerId)).toBe(change.old);
  });

  it('is refused where a cabinet was opened with the new number meanwhile', async () => {
    const change = await begin();
    await proveOld(change);
    const code = await app.codeSentTo(change.next);
    await app.database.query(`insert into login (id, phone) values (gen_random_uuid(), $1)`, [change.next]);
    expect((await change.visitor.submit(change.page, { code })).status).toBe(422);
    expect(await phoneOf(change.customerId)).toBe(change.old);
  });

  it('may go to the number of an own line', async () => {
    const next = app.world.newPhone();
    const change = await begin(next);
    await app.database.query('insert into login_number (phone, login_id) values ($1, $2)', [next, change.customerId]);
    await proveOld(change);
    await change.visitor.submit(change.page, { code: await app.codeSentTo(next) });
    expect(await phoneOf(change.customerId)).toBe(next);
  });

  it('sends another code at either step, and the one before is worth nothing', async () => {
    const change = await begin();
    const { customerId, old, next, visitor, page } = change;
    const first = await app.codeSentTo(old);
    expect((await visitor.submit(page, {}, `${page}/again`)).status).toBe(429);
    await noPause();
    await visitor.submit(page, {}, `${page}/again`);
    if ((await app.codeSentTo(old)) !== first) expect((await visitor.submit(page, { code: first })).status).toBe(422);
    await proveOld(change);
    await noPause();
    await visitor.submit(page, {}, `${page}/again`);
    expect((await visitor.submit(page, { code: await app.codeSentTo(next) })).status).toBe(303);
    expect(await phoneOf(customerId)).toBe(next);
  });

  it('is one at a time and runs out', async () => {
    const change = await begin();
    await noPause();
    await change.visitor.submit(PHONE, { phone: app.world.newPhone() });
    const code = await app.codeSentTo(change.old);
    const token = /name="_csrf" value="([^"]+)"/.exec((await change.visitor.get(PHONE)).text)?.[1];
    expect((await change.visitor.post(`${change.page}/old`, { code, _csrf: token }, PHONE)).status).toBe(422);
    const late = await begin();
    await proveOld(late);
    const last = await app.codeSentTo(late.next);
    const form = await late.visitor.get(late.page);
    app.clock.advance({ minutes: 5, seconds: 1 });
    expect((await late.visitor.submit(form, { code: last })).status).toBe(422);
    expect(await phoneOf(late.customerId)).toBe(late.old);
  });

  it("is nobody else's to see, and refuses the present number", async () => {
    const change = await begin();
    const stranger = await app.signInCustomer({ phone: (await customerWithPassword(app)).phone, password: PASSWORD });
    expect((await stranger.get(change.page)).status).toBe(404);
    const same = await change.visitor.submit(PHONE, { phone: change.old });
    expect(Object.keys(fieldErrors(same))).toEqual(['phone']);
  });
});

describe('staff who change a contact', () => {
  const staff = async (role: 'operator' | 'admin'): Promise<Visitor> => app.signInStaff(await app.world.hire(role));
  const pathOf = (id: string): string => `/admin/customers/${id}/access/phone`;

  async function changeBy(visitor: Visitor, customerId: string, next: string) {
    await noPause();
    const asked = await visitor.submit(pathOf(customerId), { phone: next, check: 'document' });
    if (asked.status !== 303) return asked;
    return visitor.submit(asked.headers.location ?? '', { code: await app.codeSentTo(next) });
  }

  it('need how they made sure, and the code that went to the new number', async () => {
    const { customerId, phone } = await customerWithPassword(app);
    const customer = await app.signInCustomer({ phone, password: PASSWORD });
    const operator = await staff('operator');
    const next = app.world.newPhone();
    const unsaid = await operator.submit(pathOf(customerId), { phone: next, check: '' });
    expect(Object.keys(fieldErrors(unsaid))).toEqual(['check']);
    await noPause();
    const asked = await operator.submit(pathOf(customerId), { phone: next, check: 'document' });
    const code = await app.codeSentTo(next);
    const codePage = asked.headers.location ?? '';
    expect((await operator.submit(codePage, { code: wrong(code) })).status).toBe(422);
    expect((await (await staff('admin')).get(codePage)).status).toBe(404);
    expect((await operator.submit(codePage, { code })).headers.location).toBe(`/admin/customers/${customerId}/access`);
    expect(await phoneOf(customerId)).toBe(next);
    expect(await app.smsTo(phone)).toContain('Телефон кабинета изменён');
    expect((await customer.get('/cabinet/profile')).status).toBe(303);
    const entries = await app.database.query<{ facts: object; actor_kind: string }>(
      `select facts, actor_kind from audit_log where action = 'login.phone_changed' and object_id = $1`,
      [customerId],
    );
    expect(entries).toEqual([{ facts: { by: 'staff', check: 'document' }, actor_kind: 'staff' }]);
  });

  it('wait a day before they change it again; administrators do not', async () => {
    const { customerId } = await customerWithPassword(app);
    const [operator, admin] = [await staff('operator'), await staff('admin')];
    expect((await changeBy(operator, customerId, app.world.newPhone())).status).toBe(303);
    const early = await changeBy(operator, customerId, app.world.newPhone());
    expect([early.status, textOf(early)]).toEqual([409, expect.stringContaining('меньше суток')]);
    expect((await changeBy(admin, customerId, app.world.newPhone())).status).toBe(303);
    app.clock.advance({ hours: 24, minutes: 1 });
    const rested = await staff('operator');
    expect((await changeBy(rested, customerId, app.world.newPhone())).status).toBe(303);
  });

  it('are told of a number that opens another cabinet', async () => {
    const [one, other] = [await customerWithPassword(app), await customerWithPassword(app)];
    const refused = await changeBy(await staff('operator'), one.customerId, other.phone);
    expect([refused.status, Object.keys(fieldErrors(refused))]).toEqual([422, ['phone']]);
  });
});
