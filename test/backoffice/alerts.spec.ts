import { FraudWatch } from '../../src/loyalty/fraud/fraud-watch.service.js';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { TestApp, useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp({ role: 'web' });
const staff = new Map<StaffRole, Visitor>();
const as = (role: StaffRole): Visitor => staff.get(role)!;
let minutes = 0;

beforeAll(async () => {
  for (const role of ['admin', 'manager'] as const) {
    staff.set(role, await app.signInStaff(await app.world.hire(role)));
  }
});
/** Each test has a day of its own, so that nothing adds up with the one before. */
beforeEach(() => {
  app.clock.shift({ days: 2 });
  app.clock.shift({ minutes: -minutes });
  minutes = 0;
});

function pass(by: number): void {
  minutes += by;
  app.clock.shift({ minutes: by });
}

async function buy(till: Pos, card: string, times: number, more: { sum?: string; redeem?: string; gap?: number } = {}) {
  const { gap = 5, ...input } = more;
  for (let time = 0; time < times; time++) {
    const answer = await till.purchase({ card, cashier: 'Васильев Д.', ...input });
    if (answer.status !== 201) throw new Error(answer.text);
    pass(gap);
  }
}

async function alertsOn(subject: string): Promise<{ rule: string; value: string; state: string }[]> {
  await app.get(FraudWatch).watch();
  return app.database.query(`select rule, value, state from fraud_alert where subject like $1 || '%' order by rule`, [
    subject,
  ]);
}

describe('a card at one till', () => {
  it('raises one alert beyond three receipts within any sixty minutes, and not before', async () => {
    const { till, terminalId } = await app.world.openStation();
    const { number } = await app.world.activeCard(till);
    app.clock.set(app.clock.now().toISOString().replace(/T.*/, 'T09:40:00+03:00'));
    await buy(till, number, 3, { gap: 15 });
    expect(await alertsOn(number)).toEqual([]);
    // 09:40, 09:55, 10:10 and 10:25: in two hours by the clock, but in one that began with the first.
    await buy(till, number, 1);
    expect(await alertsOn(number)).toEqual([{ rule: 'card_till_receipts_hour', value: '4', state: 'open' }]);
    await buy(till, number, 1);
    expect(await alertsOn(number)).toEqual([{ rule: 'card_till_receipts_hour', value: '5', state: 'open' }]);
    const [alert] = await app.database.query(`select subject from fraud_alert where card_number = $1`, [number]);
    expect(alert).toEqual({ subject: `${number}:${terminalId}` });
  });

  it('raises none with more than an hour between them, or at different tills', async () => {
    const stations = await Promise.all([1, 2, 3].map(() => app.world.openStation()));
    const [one, other] = [await app.world.activeCard(stations[0]!.till), await app.world.activeCard(stations[0]!.till)];
    await buy(stations[0]!.till, one.number, 4, { gap: 21 });
    for (const { till } of stations) await buy(till, other.number, 1);
    expect(await alertsOn(one.number)).toEqual([]);
    expect(await alertsOn(other.number)).toEqual([]);
  });
});

describe('other patterns', () => {
  it('are many receipts of a card and of a till', async () => {
    const stations = await Promise.all([1, 2].map(() => app.world.openStation()));
    const { number } = await app.world.activeCard(stations[0]!.till);
    await app.database.query(`update velocity_limit set threshold = 4 where rule = 'terminal_receipts_hour'`);
    for (const { till } of stations) await buy(till, number, 3);
    expect(await alertsOn(number)).toEqual([{ rule: 'card_receipts_hour', value: '6', state: 'open' }]);
    const cards = await Promise.all([1, 2, 3, 4, 5].map(() => app.world.sellCard(stations[0]!.till)));
    pass(61);
    for (const card of cards.slice(1)) await buy(stations[0]!.till, card, 1);
    expect(await alertsOn(stations[0]!.terminalId)).toEqual([]);
    await buy(stations[0]!.till, cards[0]!, 1);
    expect(await alertsOn(stations[0]!.terminalId)).toMatchObject([{ rule: 'terminal_receipts_hour', value: '5' }]);
    await app.database.query(`update velocity_limit set threshold = 120 where rule = 'terminal_receipts_hour'`);
  });

  it('are many receipts, points earned and points spent of a customer in a day', async () => {
    const { till } = await app.world.openStation();
    const { number, customerId } = await app.world.activeCard(till);
    app.clock.set(app.clock.now().toISOString().replace(/T.*/, 'T03:00:00+03:00'));
    await buy(till, number, 10, { gap: 61, sum: '10000.00' });
    // A thousand points and ten receipts: neither is above the limit.
    expect(await alertsOn(customerId)).toEqual([]);
    await buy(till, number, 1, { sum: '1.00' });
    expect(await alertsOn(customerId)).toEqual([
      { rule: 'customer_earned_day', value: '100001', state: 'open' },
      { rule: 'customer_receipts_day', value: '11', state: 'open' },
    ]);
    await app.database.query(`update velocity_limit set threshold = 20000 where rule = 'customer_redeemed_day'`);
    await buy(till, number, 1, { sum: '500.00', redeem: '200.01' });
    const spent = (await alertsOn(customerId)).find(({ rule }) => rule === 'customer_redeemed_day');
    expect(spent).toMatchObject({ value: '20001' });
    await app.database.query(`update velocity_limit set threshold = 500000 where rule = 'customer_redeemed_day'`);
  });

  it('are not looked for where nobody watches', async () => {
    const { till } = await app.world.openStation();
    const { number } = await app.world.activeCard(till);
    await app.database.query(`update velocity_limit set watched = false where rule = 'card_till_receipts_hour'`);
    await buy(till, number, 4);
    expect(await alertsOn(number)).toEqual([]);
    await app.database.query(`update velocity_limit set watched = true where rule = 'card_till_receipts_hour'`);
  });
});

describe('two workers', () => {
  it('that look at once raise an alert once', async () => {
    const beside = await TestApp.start({ role: 'web', beside: app });
    const { till } = await app.world.openStation();
    const { number } = await app.world.activeCard(till);
    await buy(till, number, 5);
    await Promise.all([1, 2, 3].flatMap(() => [app.get(FraudWatch).watch(), beside.get(FraudWatch).watch()]));
    await beside.close();
    expect(await alertsOn(number)).toHaveLength(1);
  });

  it('overlook nothing that was committed after the look it was written before', async () => {
    const { till } = await app.world.openStation();
    const { number } = await app.world.activeCard(till);
    await buy(till, number, 4);
    await app.database.query(`update purchase set created_at = now() - interval '4 minutes' where card_number = $1`, [
      number,
    ]);
    await app.database.query('update fraud_watch set looked_until = now()');
    expect(await alertsOn(number)).toHaveLength(1);
  });
});

describe('the pages', () => {
  async function raised(): Promise<{ path: string; till: Pos; number: string }> {
    const { till } = await app.world.openStation();
    const { number } = await app.world.activeCard(till);
    await buy(till, number, 4);
    await app.get(FraudWatch).watch();
    const [alert] = await app.database.query<{ id: string }>('select id from fraud_alert where card_number = $1', [
      number,
    ]);
    return { path: `/admin/alerts/${alert!.id}`, till, number };
  }

  it('tell of the open ones on the first page, and list them before the others', async () => {
    const { path } = await raised();
    expect(textOf(await as('manager').open('/admin'))).toMatch(/\d+ подозрени\S+ жд/);
    await as('manager').submit(path, { note: '' }, `${path}/dismissal`);
    const list = page(await as('manager').open('/admin/alerts'));
    const paths = list.querySelectorAll('a[data-row]').map((link) => link.getAttribute('href'));
    const states = list.querySelectorAll('tbody td:last-child').map((cell) => cell.text.trim());
    expect(paths).toContain(path);
    expect(states).toEqual(
      [...states].sort((one, other) => Number(other === 'Ждёт проверки') - Number(one === 'Ждёт проверки')),
    );
    const dismissed = page(await as('manager').open('/admin/alerts?state=dismissed&rule=card_till_receipts_hour'));
    expect(dismissed.querySelectorAll('a[data-row]').map((link) => link.getAttribute('href'))).toEqual([path]);
    expect(textOf(await as('manager').open('/admin/alerts?rule=customer_redeemed_day&state=dismissed'))).toContain(
      'Таких подозрений нет',
    );
  });

  it('show the receipts that made it, with card, till, cashier and times', async () => {
    const { path, number } = await raised();
    const shown = await as('admin').open(path);
    const rows = page(shown).querySelectorAll('tbody tr');
    expect(rows).toHaveLength(4);
    expect(rows[0]!.text).toContain('Васильев Д.');
    expect(textOf(shown)).toContain('Васильев Д. 4 чека');
    expect(page(shown).querySelector(`dd a[href="/admin/cards/${number}"]`)).not.toBeNull();
  });

  it('are judged once, with a note, on record; and open again when the pattern has doubled', async () => {
    const { path, till, number } = await raised();
    const form = await as('manager').open(path);
    const done = await as('manager').follow(
      await as('manager').submit(form, { note: 'Кассир — владелец карты' }, `${path}/look`),
    );
    expect(textOf(done)).toContain('Кассир — владелец карты');
    expect((await as('manager').submit(form, { note: '' }, `${path}/dismissal`)).status).toBe(409);
    const id = path.slice(path.lastIndexOf('/') + 1);
    const events = await app.database.query(`select action, facts from audit_log where object_id = $1`, [id]);
    expect(events).toEqual([{ action: 'alert.looked_at', facts: { rule: 'card_till_receipts_hour', value: 4 } }]);
    await buy(till, number, 1);
    expect(await alertsOn(`${number}:`)).toMatchObject([{ value: '5', state: 'looked_at' }]);
    await buy(till, number, 3);
    expect(await alertsOn(`${number}:`)).toMatchObject([{ value: '8', state: 'open' }]);
    await as('manager').submit(path, { note: '' }, `${path}/dismissal`);
    expect(textOf(await as('manager').follow(await as('manager').submit(path, {}, `${path}/reopening`)))).toContain(
      'Ждёт проверки',
    );
  });

  it('let an administrator change the limits', async () => {
    const changed = await as('admin').submit('/admin/alerts/limits', {
      card_till_receipts_hour: '6',
      customer_redeemed_day: '0',
    });
    expect(changed.status).toBe(303);
    const limits = await app.database.query(
      `select rule, threshold, watched from velocity_limit where changed_at > '2026-01-01' and rule in
         ('card_till_receipts_hour', 'customer_redeemed_day', 'customer_earned_day') order by rule`,
    );
    expect(limits).toEqual([
      { rule: 'card_till_receipts_hour', threshold: '6', watched: true },
      { rule: 'customer_earned_day', threshold: '100000', watched: true },
      { rule: 'customer_redeemed_day', threshold: '500000', watched: false },
    ]);
    const events = await app.database.query(
      `select object_id from audit_log where action = 'velocity_limit.changed' order by object_id`,
    );
    expect(events).toEqual([{ object_id: 'card_till_receipts_hour' }, { object_id: 'customer_redeemed_day' }]);
    const refused = await as('admin').submit('/admin/alerts/limits', { card_receipts_hour: 'много' });
    expect(Object.keys(fieldErrors(refused))).toEqual(['card_receipts_hour']);
    expect((await as('manager').get('/admin/alerts/limits')).status).toBe(403);
  });
});
