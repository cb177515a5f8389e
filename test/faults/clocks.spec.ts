import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/audit/audit-log.service.js';
import { OneTimeCodes } from '../../src/auth/codes/one-time-codes.service.js';
import { AuditQueries } from '../../src/backoffice/queries/audit.queries.js';
import { Database } from '../../src/infra/database/database.js';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import { PLAIN_TERMS } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { StationsService } from '../../src/stations/stations.service.js';
import { TerminalsService } from '../../src/stations/terminals.service.js';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf } from '../support/visitor.js';

describe('a machine’s clock that is put back or forward by an hour', () => {
  const app = useApp({ role: 'web' });

  const expire = (): Promise<number> => app.get(Expiry).expireLots(app.clock.now());
  const points = async (till: Pos, card: string): Promise<unknown> =>
    (await till.card(card)).body.balance.available as unknown;

  /** Asks for a code, lets the clock jump and types it; what comes of it. */
  async function typeAfter(jump: () => void): Promise<number> {
    const { phone } = await app.world.activeCard(await app.world.openTill());
    const visitor = app.visitor();
    const page = await visitor.follow(await visitor.submit('/session/new', { phone }, '/session/code'));
    const [sms] = await app.database.query<{ body: string }>('select body from message where recipient = $1', [phone]);
    const code = /\b\d{6}\b/.exec(sms!.body)![0];
    jump();
    const answer = await visitor.submit(page, { code });
    if (answer.status === 422) expect(textOf(answer)).toContain('больше не действует');
    return answer.status;
  }

  it('lets no one-time code outlive its five minutes', async () => {
    expect(await typeAfter(() => undefined)).toBe(303);
    // Clocks of two processes differ a little.
    expect(await typeAfter(() => app.clock.advance({ seconds: -2 }))).toBe(303);
    expect(await typeAfter(() => app.clock.advance({ hours: 1 }))).toBe(422);
    expect(await typeAfter(() => app.clock.advance({ hours: -1 }))).toBe(422);
    expect(await typeAfter(() => app.clock.advance({ minutes: -2 }))).toBe(422);
  });

  it('nor one that a till waits for', async () => {
    const codes = app.get(OneTimeCodes);
    const asked = { purpose: 'spending', phone: app.world.newPhone(), browser: 'terminal 1', language: 'ru' } as const;
    const id = await app.get(Database).transaction((sql) => codes.issue(sql, asked));
    const live = (): Promise<string | null> => codes.findLive('spending', asked.phone, asked.browser);
    expect(await live()).toBe(id);
    app.clock.advance({ hours: -1 });
    expect(await live()).toBeNull();
    // The next one is as good as any.
    const next = await app.get(Database).transaction((sql) => codes.issue(sql, asked));
    expect(await live()).toBe(next);
  });

  it('burns nothing early, and what has burnt stays burnt', async () => {
    app.clock.set('2027-06-14T12:00:00+03:00');
    const till = await app.world.openTill();
    const { number: card } = await app.world.activeCard(till);
    await till.purchase({ card, sum: '1000.00' });
    app.clock.set('2028-06-14T22:30:00+03:00');
    app.clock.advance({ hours: 1 });
    expect([await expire(), await points(till, card)]).toEqual([0, '10.00']);
    app.clock.advance({ hours: -1 });
    expect([await expire(), await points(till, card)]).toEqual([0, '10.00']);
    app.clock.set('2028-06-15T00:00:00+03:00');
    expect([await expire(), await points(till, card)]).toEqual([1, '0.00']);
    app.clock.advance({ hours: -1 });
    expect([await expire(), await points(till, card)]).toEqual([0, '0.00']);
    // What is earned in the repeated hour has its whole year.
    const { body } = await till.purchase({ card, sum: '1000.00' });
    expect(body.balance.expiring).toEqual([{ points: '10.00', at: '2029-06-15T00:00:00+03:00' }]);
    app.clock.advance({ hours: 2 });
    expect([await expire(), await points(till, card)]).toEqual([0, '10.00']);
  });

  it('keeps a hold for its purchase, or has released it', async () => {
    const till = await app.world.openTill();
    const { number: card } = await app.world.activeCard(till);
    await till.purchase({ card, sum: '10000.00' });
    const { body: kept } = await till.hold({ card, sum: '100.00', redeem: '10.00' });
    app.clock.advance({ hours: -1 });
    const { body: late } = await till.hold({ card, sum: '100.00', redeem: '10.00' });
    expect((await till.confirm(kept.id as string)).body).toMatchObject({ state: 'confirmed', redeemed: '10.00' });
    app.clock.advance({ hours: 1 });
    expect((await till.confirm(late.id as string)).body.code).toBe('purchase_not_held');
    expect(await points(till, card)).toBe('90.90');
  });

  it('neither forgets a key nor counts a receipt again', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    const [key, body] = [randomUUID(), till.purchaseBody({ card })];
    const first = await till.post('/purchases', body, { key });
    for (const hours of [-1, 2, -1]) {
      app.clock.advance({ hours });
      const again = await till.post('/purchases', body, { key });
      expect([again.status, again.text]).toEqual([201, first.text]);
      expect((await till.post('/purchases', body)).body.code).toBe('receipt_already_registered');
    }
  });

  it('leaves the audit in the order in which things were done', async () => {
    const object = { kind: 'station', id: randomUUID() };
    const sql = app.get(Database);
    const done = ['one', 'two', 'three'];
    await app.get(AuditLog).record(sql, { actor: SYSTEM, action: done[0]!, object });
    // As it would stand after the clock was put back.
    await app.database.query(
      `insert into audit_log (at, actor_kind, action, object_kind, object_id) values (now() - interval '1 hour', 'system', $1, $2, $3)`,
      [done[1], object.kind, object.id],
    );
    await app.get(AuditLog).record(sql, { actor: SYSTEM, action: done[2]!, object });
    const list = (after?: unknown) => app.get(AuditQueries).list({ objectIds: [object.id] }, after, 2);
    const newest = await list();
    const rest = await list(newest.next);
    expect([...newest.rows, ...rest.rows].map(({ action }) => action)).toEqual(['three', 'two', 'one']);
  });
});

describe('a programme where clocks change twice a year', () => {
  const app = useApp({ role: 'web', env: { TIME_ZONE: 'Europe/Berlin' } });

  async function tillIn(timeZone: string): Promise<{ till: Pos; stationId: string }> {
    const form = {
      number: 1000 + Math.floor(Math.random() * 1e6),
      name: 'АЗС',
      city: 'Псков',
      address: 'ул. Труда, 1',
    };
    const { id: stationId } = await app.get(StationsService).openStation({ ...form, timeZone }, SYSTEM);
    const terminal = await app.get(TerminalsService).installTerminal(stationId, 'Касса 1', SYSTEM);
    const { key } = await app.get(TerminalsService).issueKey(terminal.id, SYSTEM);
    return { till: app.pos(key), stationId };
  }

  /** Goes there by the hour, with every run on the way. */
  async function passUntil(moment: string): Promise<void> {
    for (;;) {
      await app.runDue();
      const left = Date.parse(moment) - app.clock.now().getTime();
      if (left <= 0) return;
      app.clock.advance({ milliseconds: Math.min(left, 3_600_000) });
    }
  }

  it('reminds once at each stage, on either side of the change and on its day', async () => {
    const { till } = await tillIn('Europe/Berlin');
    const cases = [
      ['2026-11-05T12:00:00+01:00', ['2027-10-07', '2027-10-30']],
      ['2026-11-06T12:00:00+01:00', ['2027-10-08', '2027-10-31']],
      ['2026-11-30T12:00:00+01:00', ['2027-11-01', '2027-11-24']],
    ] as const;
    const owners: string[] = [];
    for (const [earned] of cases) {
      app.clock.set(earned);
      const { number: card, customerId } = await app.world.activeCard(till);
      await till.purchase({ card, sum: '12000.00' });
      owners.push(customerId);
    }
    for (const day of cases.flatMap(([, days]) => days).sort()) {
      app.clock.set(`${day}T06:00:00+01:00`);
      await passUntil(`${day}T23:59:59+01:00`);
    }
    for (const [index, [, days]] of cases.entries()) {
      const rows = await app.database.query<{ at: Date }>(
        `select r.created_at as at from burn_reminder r join message m on m.id = r.message_id
         where m.customer_id = $1 order by 1`,
        [owners[index]],
      );
      expect(rows.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(days);
    }
  });

  // In the order of time, for no run is made twice.
  it.each([
    ['an hour after New Year', '2027-01-01T00:59:59+01:00', '2028-01-02T00:00:00+01:00'],
    ['at the end of a month', '2027-01-31T23:59:59+01:00', '2028-02-01T00:00:00+01:00'],
    ['on the eve of 29 February', '2027-02-28T23:59:59+01:00', '2028-02-29T00:00:00+01:00'],
    ['in spring, to be spent through the day of 23 hours', '2027-03-26T12:00:00+01:00', '2028-03-27T00:00:00+02:00'],
    ['on 29 February', '2028-02-29T12:00:00+01:00', '2029-03-01T00:00:00+01:00'],
    ['in autumn, to be spent through the day of 25 hours', '2028-10-28T12:00:00+02:00', '2029-10-29T00:00:00+01:00'],
  ])('burns at its own midnight: earned %s', async (_title, earned, burns) => {
    app.clock.set(earned);
    const { till } = await tillIn('Europe/Moscow');
    const { number: card } = await app.world.activeCard(till);
    const bought = await till.purchase({ card, sum: '1000.00' });
    expect(Date.parse(bought.body.balance.expiring[0].at as string)).toBe(Date.parse(burns));
    const points = async (): Promise<unknown> => (await till.card(card)).body.balance.available as unknown;
    app.clock.set(burns);
    app.clock.advance({ hours: -26 });
    await passUntil(new Date(Date.parse(burns) - 1000).toISOString());
    expect(await points()).toBe('10.00');
    await passUntil(burns);
    expect(await points()).toBe('0.00');
    const burnt = await app.database.query<{ at: Date }>(
      `select t.occurred_at as at from transfer t join customer c on c.points_account_id = t.from_account_id
       join card on card.customer_id = c.id where t.kind = 'burn' and card.number = $1`,
      [card],
    );
    expect(burnt.map(({ at }) => at.getTime())).toEqual([Date.parse(burns)]);
  });

  it('counts caps by the station’s days, also by the one of 25 hours', async () => {
    const { till, stationId } = await tillIn('America/New_York');
    const terms = { ...PLAIN_TERMS, title: 'Полсотни', kind: 'fixed', value: 5000, dayCapHundredths: 5000 } as const;
    const promotions = app.get(Promotions);
    const own = { ...terms, stationChoice: 'only' as const, stationIds: [stationId] };
    const id = await promotions.draftPromotion(own, SYSTEM);
    await promotions.takeStep(id, 'published', SYSTEM);
    app.clock.set('2029-11-01T12:00:00-04:00');
    const card = await app.world.sellCard(till);
    const given: [string, unknown][] = [];
    const moments = [
      '2029-11-03T23:59:59-04:00',
      '2029-11-04T00:00:00-04:00',
      '2029-11-04T01:30:00-04:00',
      '2029-11-04T01:30:00-05:00',
      '2029-11-04T23:59:59-05:00',
      '2029-11-05T00:00:00-05:00',
    ];
    for (const moment of moments) {
      app.clock.set(moment);
      given.push([moment, (await till.purchase({ card, sum: '0.50' })).body.earned]);
    }
    const expected = ['50.00', '50.00', '0.00', '0.00', '0.00', '50.00'];
    expect(given).toEqual(moments.map((moment, index) => [moment, expected[index]]));
  });
});
