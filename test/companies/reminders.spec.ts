import { Database } from '../../src/infra/database/database.js';
import { EsiaReminders } from '../../src/lines/esia/esia-reminders.service.js';
import { EsiaStates } from '../../src/lines/esia/esia-states.service.js';
import { Lines } from '../../src/lines/lines.service.js';
import { useApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type Company, company, companyLine } from './companies.js';

const app = useApp({ env: { ESIA_DEADLINE_DAYS: '10', QUIET_FROM: '00:00', QUIET_TO: '00:00' } });
const remind = () => app.get(EsiaReminders).remind(app.clock.now());
const toldOf = (owner: Company) =>
  app.database.query<{ channel: string; recipient: string; body: string | null; state: string }>(
    `select channel, recipient, body, state from message where customer_id = $1 and topic = 'esia' order by created_at, id`,
    [owner.customerId],
  );
/** Once nothing waits any more. */
const sentTo = (owner: Company) =>
  eventually(async () => {
    const messages = await toldOf(owner);
    expect(messages.filter(({ state }) => state === 'queued')).toEqual([]);
    return messages;
  });
const telling = (owner: Company) => toldOf(owner).then((messages) => messages.length);

describe('a reminder of ESIA', () => {
  it('comes a week before, a day before and once when it is overdue, one message for all numbers', async () => {
    const owner = await company(app, 'ООО «Ель»');
    for (let line = 0; line < 3; line++) await companyLine(app, owner);
    await remind();
    expect(await telling(owner)).toBe(0);
    const days: [day: number, messages: number][] = [
      ...([
        [2, 0],
        [3, 1],
        [4, 1],
        [8, 1],
        [9, 2],
        [10, 2],
        [11, 3],
        [12, 3],
        [30, 3],
      ] as [number, number][]),
    ];
    let passed = 0;
    for (const [day, messages] of days) {
      app.clock.advance({ days: day - passed });
      passed = day;
      await remind();
      expect([day, await telling(owner)]).toEqual([day, messages]);
      await sentTo(owner);
    }
    const bodies = (await sentTo(owner)).map(({ body }) => body);
    expect(bodies[0]).toMatch(
      /^ООО «Ель»: до \d+ \S+ внесите в ЕСИА пользователей 3 номеров\. Список: \S+\/cabinet\/company/,
    );
    expect(bodies[1]).toContain('остался день');
    expect(bodies[2]).toContain('прошёл срок');
    expect(
      (await toldOf(owner)).every(({ channel, recipient }) => channel === 'sms' && recipient === owner.phone),
    ).toBe(true);
  });

  it('tells the nearest day apart from those that come later', async () => {
    const owner = await company(app, 'ООО «Сосна»');
    await companyLine(app, owner);
    app.clock.advance({ days: 2 });
    for (let line = 0; line < 2; line++) await companyLine(app, owner);
    app.clock.advance({ days: 3 });
    await remind();
    const [told] = await sentTo(owner);
    expect(told?.body).toMatch(/пользователя 1 номера и ещё 2 по \d+ \S+\. Список/);
  });

  it('is made by the schedule, and makes up for runs that were missed', async () => {
    const owner = await company(app);
    await companyLine(app, owner);
    app.clock.advance({ days: 9 });
    await app.runDue();
    expect(await telling(owner)).toBe(1);
    expect((await sentTo(owner))[0]?.body).toContain('остался день');
  });

  it('is written once, however many runs race', async () => {
    const owner = await company(app);
    for (let line = 0; line < 2; line++) await companyLine(app, owner);
    app.clock.advance({ days: 5 });
    await Promise.all([remind(), remind(), remind()]);
    expect(await telling(owner)).toBe(1);
    expect((await sentTo(owner))[0]?.body).toContain('2 номеров');
  });

  it('goes by mail to a confirmed address', async () => {
    const owner = await company(app);
    await app.database.query(`update customer set email = 'buh@el.example', language = 'en' where id = $1`, [
      owner.customerId,
    ]);
    await app.database.query('update customer set email_confirmed_at = now() where id = $1', [owner.customerId]);
    await companyLine(app, owner);
    app.clock.advance({ days: 5 });
    await remind();
    const [message] = await sentTo(owner);
    expect(message).toMatchObject({ channel: 'email', recipient: 'buh@el.example' });
    expect(message?.body).toContain('put the user of 1 number into ESIA');
  });

  it('says nothing of what is submitted, private or ended, nor to who is no company', async () => {
    const owner = await company(app);
    const [submitted, spared, ended] = [
      await companyLine(app, owner, 'Анна Котова'),
      await companyLine(app, owner),
      await companyLine(app, owner),
    ];
    const staff = { kind: 'staff' } as const;
    await app.get(EsiaStates).move(owner.customerId, [submitted.lineId], 'submitted', staff);
    await app.get(EsiaStates).move(owner.customerId, [spared.lineId], 'not_needed', staff);
    await app.get(Database).transaction((sql) => app.get(Lines).end(sql, ended.lineId, 'проба', { kind: 'system' }));
    app.clock.advance({ days: 20 });
    await remind();
    expect(await telling(owner)).toBe(0);
  });
});

describe('a reminder that waits for the morning', () => {
  const sleeping = useApp({ env: { QUIET_FROM: '00:00', QUIET_TO: '23:59' } });

  it('counts what is left when it leaves, and is dropped where nothing is', async () => {
    const [owner, done] = [await company(sleeping), await company(sleeping)];
    const lines = [await companyLine(sleeping, owner, 'Анна Котова'), await companyLine(sleeping, owner)];
    const last = await companyLine(sleeping, done, 'Олег Ким');
    sleeping.clock.advance({ days: 5 });
    await sleeping.get(EsiaReminders).remind(sleeping.clock.now());
    const staff = { kind: 'staff' } as const;
    await sleeping.get(EsiaStates).move(owner.customerId, [lines[0]!.lineId], 'submitted', staff);
    await sleeping.get(EsiaStates).move(done.customerId, [last.lineId], 'confirmed', staff);
    const waiting = await sleeping.database.query(`select from message where topic = 'esia' and state = 'queued'`);
    expect(waiting).toHaveLength(2);
    const minutesLeft = 24 * 60 - minuteOfDay(sleeping.clock.now());
    sleeping.clock.advance({ minutes: minutesLeft - 1 });
    await sleeping.runDue();
    const told = await eventually(async () => {
      const rows = await sleeping.database.query<{ customer_id: string; state: string; body: string | null }>(
        `select customer_id, state, body from message where topic = 'esia'`,
      );
      expect(rows.filter(({ state }) => state === 'queued')).toEqual([]);
      return new Map(rows.map((row) => [row.customer_id, row]));
    });
    expect(told.get(owner.customerId)).toMatchObject({ state: 'sent', body: expect.stringContaining('1 номера') });
    expect(told.get(done.customerId)).toMatchObject({ state: 'cancelled', body: null });
  });
});

/** In Moscow, where no clock changes. */
function minuteOfDay(at: Date): number {
  return (at.getUTCHours() * 60 + at.getUTCMinutes() + 180) % (24 * 60);
}
