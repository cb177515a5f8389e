import { Outbox } from '../../src/infra/outbox/outbox.js';
import { BurnReminders } from '../../src/loyalty/reminders/burn-reminders.service.js';
import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf } from '../support/visitor.js';

let app: TestApp;
let other: TestApp;
let till: Pos;

beforeAll(async () => {
  // No worker of its own: runs and deliveries happen when the test says so.
  app = await TestApp.start({ role: 'web' });
  other = await TestApp.start({ role: 'web', beside: app });
  till = await app.world.openTill();
}, 60_000);
afterEach(() => app.expectBooksBalance());
afterAll(async () => {
  await other.close();
  await app.close();
});

/** Who earned a hundredth of this sum on the clock's day. */
async function member(sum = '12000.00'): Promise<{ number: string; customerId: string; phone: string }> {
  const card = await app.world.activeCard(till);
  expect((await till.purchase({ card: card.number, sum })).status).toBe(201);
  return card;
}

const run = (on = app) => on.get(BurnReminders).remind(app.clock.now());
const messagesTo = (customerId: string) =>
  app.database.query<{ id: string; state: string; body: string | null; channel: string }>(
    'select id, state, body, channel from message where customer_id = $1 order by created_at, id',
    [customerId],
  );
const stagesOf = async (customerId: string) =>
  (
    await app.database.query<{ stage: number }>(
      `select r.stage from burn_reminder r join message m on m.id = r.message_id where m.customer_id = $1 order by r.created_at, stage desc`,
      [customerId],
    )
  ).map(({ stage }) => stage);

/** Delivers what is due by the clock, as the outbox would. */
async function deliver(): Promise<void> {
  const due = await app.database.query<{ id: string }>(
    'select id from outbox where done_at is null and due_at <= $1 order by due_at',
    [app.clock.now()],
  );
  for (const { id } of due) await app.get(Outbox).deliver(id);
}

describe('the daily run', () => {
  it('reminds at each stage once, however often and wherever it runs', async () => {
    app.clock.set('2026-06-15T12:00:00+03:00');
    const { customerId } = await member();
    for (const [day, stages] of [
      ['2027-05-16', []],
      ['2027-05-17', [30]],
      ['2027-05-18', [30]],
      ['2027-06-08', [30]],
      ['2027-06-09', [30, 7]],
      ['2027-06-15', [30, 7]],
      ['2027-06-16', [30, 7]],
    ] as const) {
      app.clock.set(`${day}T10:00:00+03:00`);
      await Promise.all([run(), run(other), run()]);
      await run(other);
      await deliver();
      expect([day, await stagesOf(customerId)]).toEqual([day, stages]);
    }
    expect((await messagesTo(customerId)).map(({ state, body }) => [state, body])).toEqual([
      ['sent', 'Потратьте 120 баллов до 15 июня включительно, потом они сгорят'],
      ['sent', 'Потратьте 120 баллов до 15 июня включительно, потом они сгорят'],
    ]);
  });

  it('takes many customers between two workers: nobody twice, nobody missed', async () => {
    app.clock.set('2026-08-10T12:00:00+03:00');
    const people = [];
    for (let made = 0; made < 30; made++) people.push(await member());
    app.clock.set('2027-07-20T10:00:00+03:00');
    const counts = await Promise.all([run(), run(other), run(), run(other)]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(30);
    for (const { customerId } of people) expect(await stagesOf(customerId)).toEqual([30]);
    expect(
      await app.database.query(
        'select from message m left join burn_reminder r on r.message_id = m.id where m.topic = $1 and r.message_id is null',
        ['burning'],
      ),
    ).toEqual([]);
  });

  it('makes up for missed days with the stage that is still right', async () => {
    app.clock.set('2026-09-10T12:00:00+03:00');
    const { customerId } = await member();
    app.clock.set('2027-09-08T10:00:00+03:00');
    await run();
    expect(await stagesOf(customerId)).toEqual([7]);
  });

  it('says nothing of what has burnt, after a jump of 13 months, whether or not it is booked', async () => {
    app.clock.set('2026-06-20T12:00:00+03:00');
    const gone = await member();
    app.clock.set('2026-07-28T12:00:00+03:00');
    const near = await member();
    app.clock.set('2026-08-15T12:00:00+03:00');
    const far = await member();
    app.clock.set('2027-07-23T12:00:00+03:00');
    await app.runDue();
    await Promise.all([app.runDue(), other.runDue()]);
    expect([await stagesOf(gone.customerId), await stagesOf(near.customerId), await stagesOf(far.customerId)]).toEqual([
      [],
      [7],
      [30],
    ]);
  });

  it('passes by cards nobody has activated, small change, closed log-ins and whoever does not want it', async () => {
    app.clock.set('2026-10-05T12:00:00+03:00');
    const sold = await app.world.sellCard(till);
    await till.purchase({ card: sold, sum: '5000.00' });
    const small = await member('99.00');
    const least = await member('100.00');
    const closed = await member();
    const tired = await member();
    await app.database.query('update login set disabled_at = now() where id = $1', [closed.customerId]);
    await app.database.query(`insert into notification_choice values ($1, 'burning', 'none', now())`, [
      tired.customerId,
    ]);
    app.clock.set('2027-09-06T10:00:00+03:00');
    expect(await run()).toBe(1);
    expect(await stagesOf(least.customerId)).toEqual([30]);
    await deliver();
    expect((await messagesTo(least.customerId))[0]?.body).toBe(
      'Потратьте 1 балл до 5 октября включительно, потом он сгорит',
    );
    for (const { customerId } of [small, closed, tired]) expect(await stagesOf(customerId)).toEqual([]);
  });

  it('is one message for all days of a stage that it finds, and tiny ones among them make none', async () => {
    app.clock.set('2029-07-01T12:00:00+03:00');
    const { number, customerId } = await member('211.00');
    for (const [day, sum] of [
      ['02', '50.00'],
      ['03', '1000.00'],
      ['05', '3000.00'],
      ['20', '400.00'],
    ]) {
      app.clock.set(`2029-07-${day}T12:00:00+03:00`);
      await till.purchase({ card: number, sum: sum! });
    }
    app.clock.set('2030-06-28T10:00:00+03:00');
    expect(await Promise.all([run(), run(other)]).then(([one, two]) => one + two)).toBe(2);
    expect(await run()).toBe(0);
    await deliver();
    expect((await messagesTo(customerId)).map(({ body }) => body).sort()).toEqual([
      'Потратьте 2,11 балла до 1 июля включительно, потом они сгорят. Всего за 7 дней — 12,61 балла',
      'Потратьте 30 баллов до 5 июля включительно, потом они сгорят. Всего за 30 дней — 46,61 балла',
    ]);
    expect(await stagesOf(customerId)).toEqual([30, 30, 7, 7]);
  });

  it('names the next of its days whose points are still there', async () => {
    app.clock.set('2029-09-10T12:00:00+03:00');
    const { number, customerId } = await member('1000.00');
    app.clock.set('2029-09-11T12:00:00+03:00');
    await till.purchase({ card: number, sum: '500.00' });
    app.clock.set('2030-08-25T10:00:00+03:00');
    expect(await run()).toBe(1);
    await till.purchase({ card: number, sum: '12.00', redeem: '12.00' });
    await deliver();
    expect((await messagesTo(customerId)).map(({ body }) => body)).toEqual([
      'Потратьте 3 балла до 11 сентября включительно, потом они сгорят',
    ]);
  });

  it('goes to a confirmed address, with the way out, and to no other', async () => {
    app.clock.set('2026-11-10T12:00:00+03:00');
    const [mailed, unconfirmed, phoned] = [await member(), await member(), await member()];
    for (const [index, { customerId }] of [mailed, unconfirmed, phoned].entries()) {
      await app.database.query('update customer set email = $2 where id = $1', [customerId, `m${index}@example.ru`]);
    }
    await app.database.query('update customer set email_confirmed_at = now() where id = any($1)', [
      [mailed.customerId, phoned.customerId],
    ]);
    await app.database.query(`insert into notification_choice values ($1, 'burning', 'sms', now())`, [
      phoned.customerId,
    ]);
    app.clock.set('2027-10-20T10:00:00+03:00');
    await run();
    await deliver();
    const channels = await Promise.all(
      [mailed, unconfirmed, phoned].map(async ({ customerId }) =>
        (await messagesTo(customerId)).map(({ channel }) => channel),
      ),
    );
    expect(channels).toEqual([['email'], ['sms'], ['sms']]);
    const [mail] = await app.database.query<{ subject: string; body: string; unsubscribe_url: string }>(
      'select subject, body, unsubscribe_url from message where customer_id = $1',
      [mailed.customerId],
    );
    expect(mail!.subject).toBe('Потратьте 120 баллов до 10 ноября включительно');
    expect(mail!.body.endsWith(mail!.unsubscribe_url)).toBe(true);
  });
});

describe('between the run and the gateway', () => {
  it('quiet hours pass, and the right amount is said in the morning', async () => {
    app.clock.set('2027-01-10T12:00:00+03:00');
    const [keeps, spendsSome, spendsAll, leaves] = [await member(), await member(), await member(), await member()];
    app.clock.set('2027-12-20T22:30:00+03:00');
    expect(await run()).toBe(4);
    await deliver();
    app.clock.set('2027-12-21T08:59:00+03:00');
    await deliver();
    expect((await messagesTo(keeps.customerId)).map(({ state }) => state)).toEqual(['queued']);
    await till.purchase({ card: spendsSome.number, sum: '100.00', redeem: '50.00' });
    await till.purchase({ card: spendsAll.number, sum: '500.00', redeem: '120.00' });
    await app.database.query(`insert into notification_choice values ($1, 'burning', 'none', now())`, [
      leaves.customerId,
    ]);
    app.clock.set('2027-12-21T09:00:00+03:00');
    await deliver();
    const told = async ({ customerId }: { customerId: string }) =>
      (await messagesTo(customerId)).map(({ state, body }) => [state, body]);
    expect(await told(keeps)).toEqual([
      ['sent', 'Потратьте 120 баллов до 10 января 2028 включительно, потом они сгорят'],
    ]);
    expect(await told(spendsSome)).toEqual([
      ['sent', 'Потратьте 70 баллов до 10 января 2028 включительно, потом они сгорят'],
    ]);
    expect(await told(spendsAll)).toEqual([['cancelled', null]]);
    expect(await told(leaves)).toEqual([['cancelled', null]]);
  });

  it('codes do not wait for the morning', async () => {
    app.clock.set('2028-01-10T23:30:00+03:00');
    const { phone } = await app.world.activeCard(till);
    await app.visitor().submit('/session/new', { phone }, '/session/code');
    await deliver();
    expect(await app.codeSentTo(phone)).toMatch(/^\d{6}$/);
  });

  it('a reminder that waited until the points were gone is never sent', async () => {
    app.clock.set('2028-02-10T12:00:00+03:00');
    const { customerId } = await member();
    app.clock.set('2029-02-09T10:00:00+03:00');
    await run();
    app.clock.set('2029-02-11T00:00:00+03:00');
    await app.runDue();
    app.clock.set('2029-02-11T12:00:00+03:00');
    await deliver();
    expect((await messagesTo(customerId)).map(({ state }) => state)).toEqual(['failed']);
  });
});

describe('the customer’s page in the back office', () => {
  it('lists what was written to them, without secrets and addresses', async () => {
    app.clock.set('2029-03-10T12:00:00+03:00');
    const { customerId, phone } = await member();
    await app.visitor().submit('/session/new', { phone }, '/session/code');
    await deliver();
    const code = await app.codeSentTo(phone);
    app.clock.set('2030-02-20T10:00:00+03:00');
    app.clock.advance({ minutes: 1 });
    await run();
    await deliver();
    const staff = await app.signInStaff(await app.world.hire('operator'));
    const shown = textOf(await staff.get(`/admin/customers/${customerId}`));
    expect(shown).toContain('Потратьте 120 баллов до 10 марта включительно');
    expect(shown).toContain('Вход и безопасность');
    expect(shown).not.toContain(code);
  });
});

describe('a run that is killed in the middle', () => {
  const MANY = 1200;

  it('is made up for by the next ones: nobody twice, nobody missed', async () => {
    app.clock.set('2031-01-01T10:00:00+03:00');
    await makeMany();
    try {
      await app.database.query(`create function break_off() returns trigger language plpgsql as $$ begin
        if (select count(*) from message where recipient like '+7999%') > 600 then raise exception 'killed'; end if;
        return null; end $$`);
      await app.database.query(
        'create trigger break_off after insert on message for each statement execute function break_off()',
      );
      await expect(run()).rejects.toThrow('killed');
      expect(await counted()).toEqual({ reminders: '500', messages: '500', bells: '500' });
      await app.database.query('drop function break_off cascade');
      await Promise.all([run(), run(other)]);
      expect(await run()).toBe(0);
      expect(await counted()).toEqual({ reminders: String(MANY), messages: String(MANY), bells: String(MANY) });
    } finally {
      await app.database.query(`delete from lot_day where expires_at >= '2031-01-01'`);
    }
  }, 60_000);

  /** Customers with nothing but points in the calendar, which go before the books are looked at. */
  async function makeMany(): Promise<void> {
    await app.database.query(
      `with person as (select gen_random_uuid() as id, gen_random_uuid() as account_id, '+7999' || lpad(n::text, 7, '0') as phone
                       from generate_series(1, ${MANY}) n),
            opened as (insert into account (id, kind, unit, balance) select account_id, 'points', 'point', 0 from person),
            known as (insert into login (id, phone) select id, phone from person),
            joined as (insert into customer (id, points_account_id) select id, account_id from person)
       insert into lot_day (account_id, expires_at, remaining)
       select account_id, '2031-01-20T00:00:00+03:00'::timestamptz, 5000 from person`,
    );
  }

  async function counted(): Promise<object> {
    const [counts] = await app.database.query<object>(
      `select count(distinct (r.account_id, r.stage)) as reminders, count(distinct m.recipient) as messages, count(o.id) as bells
       from burn_reminder r join message m on m.id = r.message_id
       left join outbox o on o.topic = 'message' and o.subject_id = m.id::text
       where m.recipient like '+7999%'`,
    );
    return counts!;
  }
});
