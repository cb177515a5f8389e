import { HoldRelease } from '../../src/loyalty/after-sale/hold-release.service.js';
import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

let app: TestApp;
let till: Pos;

beforeAll(async () => {
  app = await TestApp.start({ role: 'web' });
  till = await app.world.openTill();
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

async function balanceOf(card: string): Promise<[available: string, held: string]> {
  const { balance } = (await till.card(card)).body;
  return [balance.available, balance.held];
}

describe('a held purchase', () => {
  it('reserves points, forecasts what it earns, and is quoted as it will be', async () => {
    const card = await app.world.richCard(till);
    const body = till.purchaseBody({ card, sum: '1000.00', redeem: '60.00', hold: true });
    const quoted = await till.post('/purchases/quote', body, { key: null });
    const held = await till.purchase(body);
    expect([held.status, held.body]).toMatchObject([
      201,
      {
        ...{ state: 'held', redeemed: '60.00', earned: '9.40', toPay: '940.00' },
        balance: { available: '40.00', held: '60.00' },
      },
    ]);
    expect(held.body.slip).toEqual(expect.arrayContaining([expect.stringMatching(/^Удержано баллов +60,00$/)]));
    const { id: _id, state: _state, slip: _slip, slip48: _slip48, ...promised } = held.body;
    expect(quoted.body).toMatchObject({ ...promised, state: 'quoted' });
    expect(await balanceOf(card)).toEqual(['40.00', '60.00']);
    expect((await till.purchase({ card, redeem: '40.01' })).body.code).toBe('insufficient_points');
    expect((await till.findPurchase(held.body.id)).body).toEqual({ ...held.body, refunds: [] });
  });

  it('is confirmed as it was authorised', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: '60.00' });
    const confirmed = await till.confirm(held.id);
    expect([confirmed.status, confirmed.body]).toMatchObject([
      200,
      {
        ...{ id: held.id, state: 'confirmed', redeemed: '60.00', earned: '9.40', toPay: '940.00', lines: held.lines },
        balance: { available: '49.40', held: '0.00' },
      },
    ]);
    for (const late of [await till.confirm(held.id), await till.cancel(held.id)]) {
      expect([late.status, late.body.code]).toEqual([409, 'purchase_not_held']);
    }
    expect((await till.findPurchase(held.id)).body).toEqual({ ...confirmed.body, refunds: [] });
  });

  it('spends no more than the final lines allow and releases the rest', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: 'max' });
    expect(held.redeemed).toBe('100.00');
    const receipt = till.receipt();
    const lines = [
      { category: 'fuel', sum: '30.00', name: 'АИ-95', price: '60.00', quantity: '0.500' },
      { category: 'tobacco', sum: '200.00' },
    ];
    const { body: confirmed } = await till.confirm(held.id, { receipt, lines, cashier: 'Ольга' });
    expect(confirmed).toMatchObject({
      ...{ redeemed: '30.00', earned: '0.00', toPay: '200.00', balance: { available: '70.00', held: '0.00' } },
      lines: [
        { sum: '30.00', discount: '30.00' },
        { sum: '200.00', discount: '0.00' },
      ],
    });
    const rows = await app.database.query(
      'select receipt_number, total_kopecks, settled_by from purchase where id = $1',
      [held.id],
    );
    expect(rows).toEqual([{ receipt_number: receipt.number, total_kopecks: '23000', settled_by: 'Ольга' }]);
    const again = await till.purchase({ card, receipt });
    expect([again.body.code, again.body.id]).toEqual(['receipt_already_registered', held.id]);
  });

  it('may deliver more than was authorised, spending what was held', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '50.00', redeem: 'max' });
    const lines = [{ category: 'fuel', sum: '150.00' }];
    expect((await till.confirm(held.id, { lines })).body).toMatchObject({
      ...{ redeemed: '50.00', toPay: '100.00', earned: '1.00', balance: { available: '51.00', held: '0.00' } },
    });
  });

  it('is cancelled and gives everything back', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: 'max' });
    const cancelled = await till.cancel(held.id);
    expect([cancelled.status, cancelled.body]).toMatchObject([
      200,
      { state: 'cancelled', redeemed: '0.00', earned: '0.00', balance: { available: '100.00', held: '0.00' } },
    ]);
    expect((await till.confirm(held.id)).body.code).toBe('purchase_not_held');
    expect((await till.findPurchase(held.id)).body).toEqual({ ...cancelled.body, refunds: [] });
  });

  it('releases itself after a quarter of an hour, whoever looks first', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: 'max' });
    app.clock.shift({ minutes: 14, seconds: 59 });
    expect(await balanceOf(card)).toEqual(['0.00', '100.00']);
    app.clock.shift({ seconds: 1 });
    expect(await balanceOf(card)).toEqual(['100.00', '0.00']);
    const seen = (await till.findPurchase(held.id)).body;
    expect(seen).toMatchObject({ state: 'released', redeemed: '0.00', earned: '0.00', balance: { held: '0.00' } });
    expect((await till.confirm(held.id)).body.code).toBe('purchase_not_held');
    // The refused confirm opened the account: what was due is written.
    expect(await app.database.query('select state from purchase where id = $1', [held.id])).toEqual([
      { state: 'released' },
    ]);
    expect((await till.findPurchase(held.id)).body).toEqual(seen);
  });

  it('is released by the worker too, and by the next purchase', async () => {
    await app.get(HoldRelease).releaseDue(app.clock.now());
    const [first, second] = [await app.world.richCard(till), await app.world.richCard(till)];
    const holds = await Promise.all([first, second].map((card) => till.hold({ card, redeem: 'max' })));
    app.clock.shift({ minutes: 15 });
    expect((await till.purchase({ card: first, redeem: '100.00' })).status).toBe(201);
    expect(await app.get(HoldRelease).releaseDue(app.clock.now())).toBe(1);
    expect(await app.get(HoldRelease).releaseDue(app.clock.now())).toBe(0);
    const states = await app.database.query('select distinct state from purchase where id = any($1)', [
      holds.map(({ body }) => body.id),
    ]);
    expect(states).toEqual([{ state: 'released' }]);
  });

  it('may spend points that came due meanwhile, but what it does not spend burns', async () => {
    const card = await app.world.richCard(till);
    const burns = Date.parse((await till.card(card)).body.balance.expiring[0].at as string);
    app.clock.set(new Date(burns - 60_000).toISOString());
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: 'max' });
    app.clock.shift({ minutes: 5 });
    const lines = [{ category: 'fuel', sum: '40.00' }];
    const { body: confirmed } = await till.confirm(held.id, { lines });
    expect(confirmed).toMatchObject({ redeemed: '40.00', balance: { available: '0.00', held: '0.00' } });
  });

  it('waits without points too, before the card is activated, and earns on the account the card has by then', async () => {
    const card = await app.world.sellCard(till);
    const { body: held } = await till.hold({ card, sum: '500.00', redeem: 'max' });
    expect(held).toMatchObject({ state: 'held', redeemed: '0.00', earned: '5.00', balance: { available: '0.00' } });
    await app.world.activate(card);
    expect((await till.confirm(held.id)).body).toMatchObject({ state: 'confirmed', balance: { available: '5.00' } });
    const { body: other } = await till.hold({ card, sum: '500.00' });
    app.clock.shift({ minutes: 15 });
    expect((await till.findPurchase(other.id)).body.state).toBe('released');
  });

  it('moves with the points where the card is activated meanwhile', async () => {
    const card = await app.world.sellCard(till);
    await till.purchase({ card, sum: '10000.00' });
    const { body: held } = await till.hold({ card, sum: '500.00' });
    const { customerId } = await app.world.activate(card);
    const [hold] = await app.database.query(
      'select h.account_id = c.points_account_id as moved from points_hold h, customer c where purchase_id = $1 and c.id = $2',
      [held.id, customerId],
    );
    expect(hold).toEqual({ moved: true });
    expect((await till.cancel(held.id)).body).toMatchObject({ state: 'cancelled', balance: { available: '100.00' } });
  });

  it('is confirmed though the card was blocked meanwhile', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, redeem: '10.00' });
    await app.database.query(`update card set state = 'blocked' where number = $1`, [card]);
    expect((await till.confirm(held.id)).body).toMatchObject({ state: 'confirmed', redeemed: '10.00' });
    expect((await till.hold({ card })).body.code).toBe('card_blocked');
  });

  it('takes no receipt of another purchase', async () => {
    const card = await app.world.richCard(till);
    const receipt = till.receipt();
    const { body: first } = await till.purchase({ card, receipt });
    const { body: held } = await till.hold({ card });
    const refused = await till.confirm(held.id, { receipt });
    expect([refused.status, refused.body.code, refused.body.id]).toEqual([
      ...[409, 'receipt_already_registered', first.id],
    ]);
    expect((await till.confirm(held.id)).status).toBe(200);
  });

  it('is nobody’s but its station’s', async () => {
    const { body: held } = await till.hold({ card: await app.world.richCard(till) });
    const other = await app.world.openTill();
    for (const answer of [
      await other.confirm(held.id),
      await other.cancel(held.id),
      await other.refund(held.id, { sum: '1.00' }),
      await till.confirm('nonsense'),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'purchase_not_found']);
    }
  });

  it('names what is wrong with a confirm', async () => {
    const { body: held } = await till.hold({ card: await app.world.richCard(till) });
    for (const [body, path] of [
      [{ lines: [] }, 'lines'],
      [{ lines: [{ category: 'fuel', sum: '-1.00' }] }, 'lines[0].sum'],
      [{ lines: [{ category: 'nothing', sum: '1.00' }] }, 'lines[0].category'],
      [{ lines: 'all' }, 'lines'],
      [{ receipt: { number: '', at: till.receipt().at } }, 'receipt.number'],
      [{ receipt: { number: '1', at: '2020-01-01T00:00:00Z' } }, 'receipt.at'],
      [{ receipt: 7 }, 'receipt'],
      [{ cashier: '' }, 'cashier'],
    ] as const) {
      const answer = await till.confirm(held.id, body);
      expect([answer.status, answer.body.errors?.map((each: { path: string }) => each.path)]).toEqual([400, [path]]);
    }
    expect((await till.post(`/purchases/${held.id}/cancel`, { cashier: 5 })).status).toBe(400);
    expect((await till.post(`/purchases/${held.id}/cancel`, [])).status).toBe(400);
    expect((await till.confirm(held.id, {}, { key: null })).body.code).toBe('idempotency_key_required');
    expect((await till.confirm(held.id)).status).toBe(200);
  });
});

describe('many at once', () => {
  it('confirms once, however often and under however many keys it is asked', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, redeem: '60.00' });
    const same = await Promise.all(
      Array.from({ length: 20 }, () => till.confirm(held.id, {}, { key: `k-${held.id}` })),
    );
    expect(new Set(same.map(({ text }) => text)).size).toBe(1);
    expect(same.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
    const { body: other } = await till.hold({ card, redeem: '40.00' });
    const calls = Array.from({ length: 50 }, (_, index) =>
      index % 2 ? till.confirm(other.id) : till.cancel(other.id),
    );
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(49).fill(409)]);
  });

  it('holds no more than there is', async () => {
    const card = await app.world.richCard(till);
    const answers = await Promise.all(Array.from({ length: 10 }, () => till.hold({ card, redeem: '30.00' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(await balanceOf(card)).toEqual(['10.00', '90.00']);
  });
});
