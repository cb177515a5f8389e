import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

let app: TestApp;
let till: Pos;

beforeAll(async () => {
  app = await TestApp.start();
  till = await app.world.openTill();
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

describe('cards at the till', () => {
  it('shows a printed card, sells it once and shows it sold', async () => {
    const [number = ''] = await app.world.printCards();
    expect((await till.card(number)).body).toEqual({
      ...{ number, kind: 'plastic', state: 'printed', holder: null, canRedeem: false },
      balance: { available: '0.00', held: '0.00', expiring: [] },
    });
    const sold = await till.sale(number);
    expect([sold.status, sold.body]).toEqual([201, { number, state: 'sold', price: '100.00' }]);
    expect((await till.card(number)).body).toMatchObject({ state: 'sold', canRedeem: false });
    const again = await till.sale(number);
    expect([again.status, again.body.code]).toEqual([409, 'card_already_sold']);
  });

  it('does not know other cards', async () => {
    for (const number of ['2990000000000', '123', 'нет', '%00']) {
      const answer = await till.card(number);
      expect([answer.status, answer.body.code]).toEqual([404, 'card_not_found']);
      expect(answer.type).toBe('application/problem+json');
    }
    expect((await till.sale('2990000000000')).body.code).toBe('card_not_found');
  });

  it('greets the holder and finds the card by phone, for earning only', async () => {
    const { number, phone } = await app.world.activeCard(till);
    expect((await till.card(number)).body).toMatchObject({ state: 'active', holder: 'Ирина П.', canRedeem: true });
    const spelling = phone.replace('+7', '8 ');
    expect((await till.card(spelling)).body).toMatchObject({ number, canRedeem: false });
    expect((await till.purchase({ card: phone, sum: '100.00' })).body).toMatchObject({ earned: '1.00' });
    const proof = await till.purchase({ card: phone, redeem: '1.00' });
    expect([proof.status, proof.body.code]).toEqual([409, 'proof_required']);
    expect((await till.purchase({ card: phone, redeem: 'max' })).body).toMatchObject({ redeemed: '0.00' });
  });
});

describe('a purchase', () => {
  it('earns a percent from the sale of the card on, before it is activated', async () => {
    const number = await app.world.sellCard(till);
    const answer = await till.purchase({
      card: number,
      lines: [
        { category: 'fuel', sum: '2427.41', name: 'АИ-95', price: '61.50', quantity: '39.470' },
        { category: 'tobacco', sum: '180.00' },
        { category: 'food', sum: '249.00' },
      ],
    });
    expect(answer.status).toBe(201);
    // (2427.41 + 249.00) × 1 % = 26.7641 → 26.76; 2427.41 : 249.00 of it is 24.27… : 2.48…, the odd hundredth to the food.
    expect(answer.body).toMatchObject({
      ...{ state: 'confirmed', earned: '26.76', redeemed: '0.00', toPay: '2856.41' },
      lines: [
        { sum: '2427.41', discount: '0.00', earned: '24.27', rules: [{ code: 'base', points: '24.27' }] },
        { sum: '180.00', discount: '0.00', earned: '0.00', rules: [] },
        { sum: '249.00', discount: '0.00', earned: '2.49', rules: [{ code: 'base', points: '2.49' }] },
      ],
    });
    expect(answer.body.balance).toMatchObject({ available: '26.76', held: '0.00', expiring: [{ points: '26.76' }] });
    const refused = await till.purchase({ card: number, redeem: '1.00' });
    expect([refused.status, refused.body.code]).toEqual([409, 'card_not_active']);
    expect((await till.purchase({ card: number, redeem: 'max' })).body).toMatchObject({ redeemed: '0.00' });
  });

  it('spends points on all but regulated goods, and earns on what is paid', async () => {
    const { number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '35000.00' });
    const answer = await till.purchase({
      card: number,
      redeem: '100.01',
      lines: [
        { category: 'tobacco', sum: '200.00' },
        { category: 'goods', sum: '100.00' },
        { category: 'goods', sum: '100.00' },
        { category: 'food', sum: '0.00' },
      ],
    });
    expect(answer.body).toMatchObject({ redeemed: '100.01', toPay: '299.99', earned: '0.99' });
    expect(answer.body.lines.map((line: { discount: string }) => line.discount)).toEqual([
      ...['0.00', '50.01', '50.00', '0.00'],
    ]);
    expect(answer.body.balance.available).toBe('250.98');
    const all = await till.purchase({ card: number, redeem: 'max', sum: '9000.00' });
    expect(all.body).toMatchObject({ redeemed: '250.98', earned: '87.49' });
    expect(all.body.balance.available).toBe('87.49');
  });

  it('refuses more than the limit first, more than the balance then', async () => {
    const { number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '5000.00' });
    const lines = [
      { category: 'fuel', sum: '40.00' },
      { category: 'tobacco', sum: '500.00' },
    ];
    const over = await till.purchase({ card: number, lines, redeem: '60.00' });
    expect([over.status, over.body.code]).toEqual([409, 'redeem_exceeds_limit']);
    const lacking = await till.purchase({ card: number, sum: '100.00', redeem: '50.01' });
    expect([lacking.status, lacking.body.code]).toEqual([409, 'insufficient_points']);
    expect((await till.purchase({ card: number, sum: '100.00', redeem: '50.00' })).body.balance.available).toBe('0.50');
  });

  it('is quoted as it would be, changing nothing', async () => {
    const { number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '5000.00' });
    const quote = await till.quote({ card: number, sum: '700.00', redeem: 'max' });
    expect(quote.status).toBe(200);
    expect(quote.body).toMatchObject({ state: 'quoted', redeemed: '50.00', earned: '6.50', toPay: '650.00' });
    expect(quote.body.id).toBeUndefined();
    expect((await till.card(number)).body.balance.available).toBe('50.00');
    expect((await till.quote({ card: number, redeem: '600.00' })).body.code).toBe('insufficient_points');
  });

  it('counts a receipt once, whatever the key', async () => {
    const number = await app.world.sellCard(till);
    const receipt = { number: 'Z-1', at: app.clock.now().toISOString() };
    const first = await till.purchase({ card: number, receipt });
    const again = await till.purchase({ card: number, receipt });
    expect([again.status, again.body.code, again.body.id]).toEqual([409, 'receipt_already_registered', first.body.id]);
  });

  it('is shown to the station’s own terminals', async () => {
    const number = await app.world.sellCard(till);
    const { body } = await till.purchase({ card: number });
    const shown = await till.findPurchase(body.id);
    expect(shown.body).toEqual({ ...body, refunds: [] });
    const stranger = await app.world.openTill();
    for (const id of [body.id, '00000000-0000-7000-8000-000000000000', 'x']) {
      expect((await stranger.findPurchase(id)).body.code).toBe('purchase_not_found');
    }
  });
});

describe('a key', () => {
  it('repeats the first answer byte for byte, also a refusal', async () => {
    const number = await app.world.sellCard(till);
    const body = till.purchaseBody({ card: number });
    const first = await till.post('/purchases', body, { key: 'k-1' });
    const again = await till.post('/purchases', { ...body }, { key: 'k-1' });
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([201, first.text, 'true']);
    const other = await till.post('/purchases', { ...body, cashier: 'Анна' }, { key: 'k-1' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    const refused = await till.purchase({ card: '2990000000000' }, { key: 'k-2' });
    expect(refused.status).toBe(404);
    const missing = await till.purchase({ card: number }, { key: null });
    expect([missing.status, missing.body.code]).toEqual([400, 'idempotency_key_required']);
  });

  it('is free again after a bad request', async () => {
    const number = await app.world.sellCard(till);
    const body = till.purchaseBody({ card: number });
    const bad = await till.post('/purchases', { ...body, lines: [] }, { key: 'k-3' });
    expect([bad.status, bad.body.code]).toEqual([400, 'invalid_request']);
    expect((await till.post('/purchases', body, { key: 'k-3' })).status).toBe(201);
  });

  it('has one effect when twenty calls race', async () => {
    const number = await app.world.sellCard(till);
    const body = till.purchaseBody({ card: number, sum: '1000.00' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => till.post('/purchases', body, { key: 'race' })));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
    expect((await till.card(number)).body.balance.available).toBe('10.00');
  });
});

describe('fifty redemptions of the whole balance', () => {
  it('have one winner', async () => {
    const { number } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '10000.00' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => till.purchase({ card: number, sum: '100.00', redeem: '100.00' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['insufficient_points']),
    );
    expect((await till.card(number)).body.balance.available).toBe('0.00');
  });
});
