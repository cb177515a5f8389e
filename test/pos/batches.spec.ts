import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
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

interface Result {
  key: string;
  status: number;
  body: Record<string, unknown>;
}

const statuses = (answer: Response): unknown[] =>
  (answer.body.results as Result[]).map(({ status, body }) =>
    status < 300 ? status : `${status} ${String(body.code)}`,
  );

describe('what a till gathered while offline', () => {
  it('is worked in order: sale, purchase, hold, confirm, refund, cancel', async () => {
    const [card = ''] = await app.world.printCards();
    const [sale, purchase, held, other] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const items = [
      { key: randomUUID(), call: 'purchase', body: till.purchaseBody({ card }) },
      { key: sale, call: 'sale', body: { card, cashier: 'Ольга' } },
      { key: purchase, call: 'purchase', body: till.purchaseBody({ card, sum: '500.00' }) },
      { key: randomUUID(), call: 'refund', body: { purchaseKey: purchase, receipt: till.receipt(), sum: '100.00' } },
      { key: held, call: 'purchase', body: till.purchaseBody({ card, hold: true }) },
      { key: randomUUID(), call: 'confirm', body: { purchaseKey: held, lines: [{ category: 'fuel', sum: '900.00' }] } },
      { key: other, call: 'purchase', body: till.purchaseBody({ card, hold: true }) },
      { key: randomUUID(), call: 'cancel', body: { purchaseKey: other } },
      { key: randomUUID(), call: 'refund', body: { purchaseKey: 'unknown', receipt: till.receipt(), sum: '1.00' } },
    ];
    const answer = await till.batches(items);
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual([
      ...['409 card_not_sold', 201, 201, 201, 201, 200, 201, 200, '404 purchase_not_found'],
    ]);
    expect(answer.body.results.map(({ key }: Result) => key)).toEqual(items.map(({ key }) => key));
    expect(answer.body.results[5].body).toMatchObject({ state: 'confirmed', earned: '9.00', toPay: '900.00' });
    expect((await till.card(card)).body.balance.available).toBe('13.00');
    const before = await moneyState(app.database);
    const again = await till.batches(items);
    expect(again.body).toEqual(answer.body);
    expect(await moneyState(app.database)).toEqual(before);
  });

  it('is the same call as the one made online under its key, either way', async () => {
    const [card = '', second = ''] = await app.world.printCards(2);
    const key = randomUUID();
    const online = await till.post(`/cards/${card}/sale`, { cashier: 'Ольга' }, { key });
    const bought = { key: randomUUID(), call: 'purchase', body: till.purchaseBody({ card }) };
    const { body: purchase } = await till.purchase(bought.body, { key: bought.key });
    const back = { receipt: till.receipt(), sum: '10.00' };
    const refund = { key: randomUUID(), call: 'refund', body: { ...back, purchase: purchase.id as string } };
    const { body: refunded } = await till.post(`/purchases/${purchase.id}/refunds`, back, { key: refund.key });
    const items = [
      { key, call: 'sale', body: { cashier: 'Ольга', card } },
      bought,
      refund,
      { ...refund, body: { ...back, purchaseKey: bought.key } },
    ];
    const { body } = await till.batches(items);
    expect(body.results.map((each: Result) => each.body)).toEqual([online.body, purchase, refunded, refunded]);

    const offline = { key: randomUUID(), call: 'sale', body: { card: second } };
    await till.batches([offline]);
    const replay = await till.sale(second, { key: offline.key });
    expect([replay.status, replay.headers['idempotent-replayed']]).toEqual([201, 'true']);
    const reused = await till.batches([
      { ...offline, body: { card: second, cashier: 'Кто-то' } },
      { ...bought, call: 'sale' },
    ]);
    expect(statuses(reused)).toEqual(['422 idempotency_key_reused', '422 idempotency_key_reused']);
  });

  it('answers each item that is wrong and goes on', async () => {
    const card = await app.world.sellCard(till);
    const good = { key: randomUUID(), call: 'purchase', body: till.purchaseBody({ card }) };
    const wrong = [
      { call: 'purchase', body: {} },
      { call: 'sale', body: {} },
      { call: 'sale', body: { card: 7 } },
      { call: 'refund', body: { receipt: till.receipt(), sum: '1.00' } },
      { call: 'cancel', body: { purchase: 'a', purchaseKey: 'b' } },
      { call: 'confirm', body: { purchase: {} } },
    ].map((item) => ({ key: randomUUID(), ...item }));
    const answer = await till.batches([
      ...wrong,
      { key: randomUUID(), call: 'cancel', body: { purchase: '../x' } },
      good,
    ]);
    expect(statuses(answer)).toEqual([...wrong.map(() => '400 invalid_request'), '404 purchase_not_found', 201]);
    expect(answer.body.results[2].body.errors).toMatchObject([{ path: 'card' }]);
  });

  it('holds back none of the others for an item that is none itself', async () => {
    const card = await app.world.sellCard(till);
    const good = (): object => ({ key: randomUUID(), call: 'purchase', body: till.purchaseBody({ card }) });
    const item = { key: 'k', call: 'sale', body: { card } };
    const deep = JSON.parse(`${'['.repeat(30)}${']'.repeat(30)}`) as unknown;
    const wrong = [
      [5, '', null],
      [null, '', null],
      [[], '', null],
      [{ ...item, key: undefined }, 'key', null],
      [{ ...item, key: 7 }, 'key', null],
      [{ ...item, key: '' }, 'key', ''],
      [{ ...item, key: 'ключ' }, 'key', 'ключ'],
      [{ ...item, key: 'x'.repeat(65) }, 'key', 'x'.repeat(65)],
      [{ ...item, call: 'quote' }, 'call', 'k'],
      [{ ...item, call: 'toString' }, 'call', 'k'],
      [{ ...item, body: undefined }, 'body', 'k'],
      [{ ...item, body: null }, 'body', 'k'],
      [{ ...item, body: [] }, 'body', 'k'],
      [{ ...item, body: { deep } }, 'body.deep', 'k'],
    ] as const;
    const answer = await till.batches(wrong.flatMap(([sent]) => [good(), sent]));
    expect(answer.status).toBe(200);
    const results = answer.body.results as Result[];
    expect(results.filter((_, index) => index % 2 === 0).map(({ status }) => status)).toEqual(wrong.map(() => 201));
    const refused = results.filter((_, index) => index % 2 === 1);
    expect(refused.map(({ key, status, body }) => [status, body.code, body.status, key])).toEqual(
      wrong.map(([, , key]) => [400, 'invalid_request', 400, key]),
    );
    const paths = refused.map(({ body }) => (body.errors as { path: string }[])[0]!.path);
    expect(paths.map((path) => path.replace(/\[0].*$/, ''))).toEqual(wrong.map(([, path]) => path));
  });

  it('is refused as a whole where it is no batch', async () => {
    const item = { key: 'k', call: 'sale', body: { card: '2990000000000' } };
    for (const [body, path] of [
      [{}, 'items'],
      [{ items: 'all' }, 'items'],
      [{ items: Array.from({ length: 501 }, () => item) }, 'items'],
      [[item], ''],
    ] as const) {
      const answer = await till.post('/batches', body, { key: null });
      expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([400, 'invalid_request', path]);
    }
    expect((await till.batches([])).body).toEqual({ results: [] });
  });

  it('may be 500 items and up to 4 MB', async () => {
    const card = await app.world.sellCard(till);
    const name = 'А'.repeat(256);
    const lines = Array.from({ length: 12 }, () => ({ category: 'fuel', sum: '1.00', name }));
    const items = Array.from({ length: 500 }, () => ({
      ...{ key: randomUUID(), call: 'purchase', body: till.purchaseBody({ card, lines }) },
    }));
    const size = JSON.stringify({ items }).length;
    expect(size).toBeGreaterThan(1_000_000);
    const answer = await till.batches(items);
    expect(new Set(statuses(answer))).toEqual(new Set([201]));
    const large = await till.batches(items.map((item) => ({ ...item, body: { ...item.body, pad: 'x'.repeat(8000) } })));
    expect([large.status, large.body.code]).toEqual([413, 'payload_too_large']);
    expect((await till.post('/purchases', { pad: 'x'.repeat(1_100_000) })).status).toBe(413);
  }, 60_000);
});
