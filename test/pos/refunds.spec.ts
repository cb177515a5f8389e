import { TestApp } from '../support/app.js';
import { moneyState } from '../support/money-state.js';
import type { Pos } from '../support/pos.js';

let app: TestApp;
let till: Pos;

beforeAll(async () => {
  app = await TestApp.start({ role: 'web' });
  till = await app.world.openTill();
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

async function available(card: string): Promise<string> {
  return (await till.card(card)).body.balance.available as string;
}

describe('a refund by sum', () => {
  it('gives back and takes back in proportion, rounded down over all refunds together', async () => {
    const card = await app.world.richCard(till);
    const { body: bought } = await till.purchase({ card, sum: '100.00', redeem: '33.33' });
    expect(bought).toMatchObject({ redeemed: '33.33', earned: '0.66', toPay: '66.67' });
    expect(await available(card)).toBe('67.33');
    const first = await till.refund(bought.id, { sum: '10.00' });
    // 33.33 × 10.00 ÷ 66.67 = 4.9992…, 0.66 × 10.00 ÷ 66.67 = 0.0989…
    expect([first.status, first.body]).toMatchObject([
      201,
      { sum: '10.00', returned: '4.99', takenBack: '0.09', balance: { available: '72.23', held: '0.00' } },
    ]);
    expect(first.body.slip).toEqual([
      `Карта${`*${card.slice(-5)}`.padStart(27)}`,
      'Возврат                    10,00',
      'Возвращено баллов           4,99',
      'Снято баллов                0,09',
      'Баланс                     72,23',
      expect.stringMatching(/^Сгорят /),
    ]);
    const rest = await till.refund(bought.id, { sum: '56.67' });
    expect(rest.body).toMatchObject({ returned: '28.34', takenBack: '0.57', balance: { available: '100.00' } });
    const found = await till.findPurchase(bought.id);
    expect(found.body.refunds).toMatchObject([
      { id: first.body.id, sum: '10.00', returned: '4.99', takenBack: '0.09' },
      { id: rest.body.id, sum: '56.67', returned: '28.34', takenBack: '0.57' },
    ]);
    expect(found.body).toMatchObject({ state: 'confirmed', redeemed: '33.33', earned: '0.66' });
    const more = await till.refund(bought.id, { sum: '0.01' });
    expect([more.status, more.body.code]).toEqual([409, 'refund_exceeds_purchase']);
  });

  it('takes what is not there any more below zero; the next earning fills it', async () => {
    const card = await app.world.richCard(till);
    const { body: bought } = await till.purchase({ card, sum: '5000.00' });
    await till.purchase({ card, sum: '1000.00', redeem: 'max' });
    const spent = await available(card);
    expect(spent).toBe('8.50');
    expect((await till.refund(bought.id, { sum: '5000.00' })).body).toMatchObject({
      ...{ returned: '0.00', takenBack: '50.00', balance: { available: '-41.50', expiring: [] } },
    });
    expect((await till.purchase({ card, redeem: '0.01' })).body.code).toBe('insufficient_points');
    const { body: max } = await till.purchase({ card, sum: '1000.00', redeem: 'max' });
    expect(max).toMatchObject({ redeemed: '0.00', earned: '10.00', balance: { available: '-31.50', expiring: [] } });
    const { body: filled } = await till.purchase({ card, sum: '4000.00' });
    expect(filled.balance).toMatchObject({ available: '8.50', expiring: [{ points: '8.50' }] });
  });

  it('takes the lot that the purchase earned first, whichever burns first', async () => {
    const card = await app.world.richCard(till);
    app.clock.shift({ days: 1 });
    const { body: bought } = await till.purchase({ card, sum: '2000.00' });
    await till.refund(bought.id, { sum: '1000.00' });
    const { expiring } = (await till.card(card)).body.balance;
    expect(expiring.map(({ points }: { points: string }) => points)).toEqual(['100.00', '10.00']);
  });

  it('gives spent points back to their lots, with 30 days of grace where these burnt', async () => {
    const card = await app.world.richCard(till);
    app.clock.shift({ days: 1 });
    await till.purchase({ card, sum: '1000.00' });
    const before = (await till.card(card)).body.balance;
    const { body: bought } = await till.purchase({ card, sum: '105.00', redeem: 'max' });
    expect(bought).toMatchObject({ redeemed: '105.00', toPay: '0.00' });
    const { body: half } = await till.refund(bought.id, { lines: [{ index: 0, quantity: '1' }] });
    expect(half.balance).toMatchObject({ available: '110.00', expiring: before.expiring });

    const { body: later } = await till.purchase({ card, sum: '220.00', redeem: '110.00' });
    app.clock.set(before.expiring[0].at as string);
    const { body: refund } = await till.refund(later.id, { sum: '110.00' });
    expect(refund).toMatchObject({ returned: '110.00', takenBack: '1.10' });
    const burns = new Date(Date.parse(before.expiring[0].at as string) + 31 * 86_400_000);
    const days = refund.balance.expiring.map(({ points, at }: { points: string; at: string }) => [
      ...[points, Date.parse(at)],
    ]);
    expect(days).toEqual([
      // The lot of the next day keeps its date; what it earned comes out of its own lot.
      ['10.00', Date.parse(before.expiring[1].at as string)],
      ['100.00', burns.getTime()],
    ]);
    const graced = await app.database.query('select remaining from lot where grace and remaining > 0');
    expect(graced).toEqual([{ remaining: '10000' }]);
  });

  it('lands on the account that the card’s points are on, whatever became of the card', async () => {
    const card = await app.world.sellCard(till);
    const { body: bought } = await till.purchase({ card, sum: '1000.00' });
    expect((await till.refund(bought.id, { sum: '100.00' })).body.balance.available).toBe('9.00');
    await app.world.activate(card);
    expect((await till.refund(bought.id, { sum: '100.00' })).body.balance.available).toBe('8.00');
    await app.database.query(`update card set state = 'blocked' where number = $1`, [card]);
    expect((await till.refund(bought.id, { sum: '100.00' })).body.balance.available).toBe('7.00');
    await app.database.query(`update card set state = 'replaced' where number = $1`, [card]);
    expect((await till.refund(bought.id, { sum: '700.00' })).body.balance.available).toBe('0.00');
  });

  it('carries a debt along when the card is activated', async () => {
    const card = await app.world.sellCard(till);
    const { body: bought } = await till.purchase({ card, sum: '1000.00' });
    app.clock.set(new Date(Date.parse(bought.balance.expiring[0].at as string)).toISOString());
    expect((await till.refund(bought.id, { sum: '1000.00' })).body.balance.available).toBe('-10.00');
    const { phone } = await app.world.activeCard(till);
    const { body: other } = await till.purchase({ card: phone, sum: '300.00' });
    expect(other.balance.available).toBe('3.00');
    await app.world.activate(card, phone);
    expect(await available(card)).toBe('-7.00');
    expect((await till.purchase({ card, sum: '1000.00' })).body.balance.available).toBe('3.00');
  });
});

describe('a refund by lines', () => {
  it('gives each line back in proportion, its last part settling', async () => {
    const card = await app.world.richCard(till);
    const { body: bought } = await till.purchase({
      ...{ card, redeem: '10.00' },
      lines: [
        { category: 'goods', sum: '100.00', price: '33.33', quantity: '3' },
        { category: 'food', sum: '50.00' },
        { category: 'tobacco', sum: '200.00' },
      ],
    });
    expect(bought.lines).toMatchObject([
      { discount: '6.67', earned: '0.93' },
      { discount: '3.33', earned: '0.47' },
      { discount: '0.00', earned: '0.00' },
    ]);
    const { body: one } = await till.refund(bought.id, { lines: [{ index: 0, quantity: '1' }] });
    // 93.33 ÷ 3 = 31.11; 6.67 ÷ 3 = 2.22…; 0.93 ÷ 3 = 0.31
    expect(one).toMatchObject({ sum: '31.11', returned: '2.22', takenBack: '0.31' });
    const { body: two } = await till.refund(bought.id, {
      lines: [
        { index: 0, quantity: '1.5' },
        { index: 0, quantity: '0.500' },
        { index: 2, quantity: '0.5' },
      ],
    });
    expect(two).toMatchObject({ sum: '162.22', returned: '4.45', takenBack: '0.62' });
    const over = await till.refund(bought.id, { lines: [{ index: 0, quantity: '0.001' }] });
    expect([over.status, over.body.code]).toEqual([409, 'refund_exceeds_purchase']);
    const { body: rest } = await till.refund(bought.id, {
      lines: [
        { index: 1, quantity: '1' },
        { index: 2, quantity: '0.5' },
      ],
    });
    expect(rest).toMatchObject({ sum: '146.67', returned: '3.33', takenBack: '0.47' });
    expect(await available(card)).toBe('100.00');
  });

  it('is the only way where nothing was paid in money, and never mixes with the other', async () => {
    const card = await app.world.richCard(till);
    const { body: free } = await till.purchase({ card, sum: '100.00', redeem: '100.00' });
    expect((await till.refund(free.id, { sum: '0.01' })).body.code).toBe('refund_exceeds_purchase');
    const { body: back } = await till.refund(free.id, { lines: [{ index: 0, quantity: '1' }] });
    expect(back).toMatchObject({ sum: '0.00', returned: '100.00', takenBack: '0.00' });
    const mixed = await till.refund(free.id, { sum: '0.01' });
    expect([mixed.status, mixed.body.code]).toEqual([409, 'refund_kind_mixed']);
    const { body: paid } = await till.purchase({ card, sum: '100.00' });
    await till.refund(paid.id, { sum: '1.00' });
    expect((await till.refund(paid.id, { lines: [{ index: 0, quantity: '1' }] })).body.code).toBe('refund_kind_mixed');
  });
});

describe('any refund', () => {
  it('needs a confirmed purchase', async () => {
    const card = await app.world.richCard(till);
    const { body: held } = await till.hold({ card, sum: '1000.00', redeem: '20.00' });
    expect((await till.refund(held.id, { sum: '1.00' })).body.code).toBe('purchase_not_confirmed');
    await till.confirm(held.id);
    const { body: refund } = await till.refund(held.id, { sum: '490.00' });
    expect(refund).toMatchObject({ returned: '10.00', takenBack: '4.90', balance: { available: '94.90' } });
    const { body: other } = await till.hold({ card });
    await till.cancel(other.id);
    expect((await till.refund(other.id, { sum: '1.00' })).body.code).toBe('purchase_not_confirmed');
  });

  it('counts its receipt once', async () => {
    const { body: bought } = await till.purchase({ card: await app.world.richCard(till) });
    const body = { receipt: till.receipt(), sum: '1.00' };
    const first = await till.post(`/purchases/${bought.id}/refunds`, body);
    const again = await till.post(`/purchases/${bought.id}/refunds`, body);
    expect([again.status, again.body.code, again.body.id]).toEqual([
      ...[409, 'receipt_already_registered', first.body.id],
    ]);
  });

  it('may share its receipt with the refund of another purchase', async () => {
    const card = await app.world.richCard(till);
    const { body: one } = await till.purchase({ card, sum: '100.00' });
    const { body: other } = await till.purchase({ card, sum: '200.00' });
    const receipt = till.receipt();
    const refund = (id: string, sum: string) => till.post(`/purchases/${id}/refunds`, { receipt, sum });
    const answers = [
      await refund(one.id, '100.00'),
      await refund(other.id, '200.00'),
      await refund(other.id, '200.00'),
    ];
    expect(answers.map(({ status, body }) => [status, body.takenBack ?? body.code])).toEqual([
      [201, '1.00'],
      [201, '2.00'],
      [409, 'receipt_already_registered'],
    ]);
    expect(answers[2]!.body.id).toBe(answers[1]!.body.id);
  });

  it('names what is wrong and changes nothing then', async () => {
    const { body: bought } = await till.purchase({ card: await app.world.richCard(till) });
    const before = await moneyState(app.database);
    for (const [body, path] of [
      [{}, 'sum'],
      [{ sum: '1.00', lines: [{ index: 0, quantity: '1' }] }, 'lines'],
      ...['0.00', '-1.00', '1.001', 1, '', '99999999999.00'].map((sum) => [{ sum }, 'sum'] as const),
      ...[[], 'x', {}].map((lines) => [{ lines }, 'lines'] as const),
      [{ lines: [7] }, 'lines[0]'],
      ...[-1, 0.5, '0', null, 1e300].map((index) => [{ lines: [{ index, quantity: '1' }] }, 'lines[0].index'] as const),
      ...['0', '0.000', '-1', '0.0001', 1, null].map(
        (quantity) => [{ lines: [{ index: 0, quantity }] }, 'lines[0].quantity'] as const,
      ),
      [{ lines: [{ index: 1, quantity: '1' }] }, 'lines[0].index'],
      [{ sum: '1.00', cashier: '\u0000' }, 'cashier'],
      [{ sum: '1.00', receipt: null }, 'receipt'],
      [{ sum: '1.00', receipt: { number: 'x', at: '2020-01-01T00:00:00Z' } }, 'receipt.at'],
    ] as [object, string][]) {
      const answer = await till.refund(bought.id, body as { sum: string });
      expect([body, answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([
        ...[body, 400, 'invalid_request', path],
      ]);
    }
    expect(await moneyState(app.database)).toEqual(before);
  });

  it('happens once per key and never exceeds the purchase, however many come at once', async () => {
    const card = await app.world.richCard(till);
    const { body: bought } = await till.purchase({ card, sum: '100.00', redeem: '50.00' });
    const body = { receipt: till.receipt(), sum: '1.00' };
    const same = await Promise.all(
      Array.from({ length: 20 }, () => till.post(`/purchases/${bought.id}/refunds`, body, { key: `r-${bought.id}` })),
    );
    expect(new Set(same.map(({ text }) => text)).size).toBe(1);
    const many = await Promise.all(Array.from({ length: 50 }, () => till.refund(bought.id, { sum: '2.00' })));
    expect(many.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(24).fill(201),
      ...Array<number>(26).fill(409),
    ]);
    await till.refund(bought.id, { sum: '1.00' });
    expect(await available(card)).toBe('100.00');
  });
});
