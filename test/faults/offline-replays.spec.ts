import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { TestApp } from '../support/app.js';
import { Pos, type PurchaseBody } from '../support/pos.js';
import { newSecret, useProcesses } from '../support/process.js';
import { generated } from '../support/seed.js';

const ITEMS = 500;
const CARDS = 20;
const HOUR_MS = 3_600_000;
/** How wrong the till's clock was while these were rung up, in hours: a week behind to two days ahead. */
const WRONG_BY = [0, 47, -47, 24, -7 * 24 + 1, -24, 1, -1];

interface Item {
  key: string;
  call: 'purchase';
  body: PurchaseBody;
}

interface Result {
  key: string;
  status: number;
  body: { id: string; code?: string; earned: string };
}

const processes = useProcesses();
let app: TestApp;
/** One terminal's calls, which may arrive at either of two processes. */
let tills: [Pos, Pos];
let cards: string[];
let items: Item[];
let began: Date;
/** What the first answer to each key was. */
const answers = new Map<string, Result>();
const { seed } = generated('replays of an offline batch', ITEMS);

beforeAll(async () => {
  app = await TestApp.start({ role: 'web' });
  app.clock.set(new Date().toISOString());
  app.clock.shift({ days: -9 });
  const { terminalKey } = await app.world.openTill();
  // Sold before the oldest receipt.
  const till = app.pos(terminalKey);
  cards = await app.world.printCards(CARDS);
  await Promise.all(cards.map((card) => till.sale(card)));
  const env = { POS_RATE: '100000', POS_BURST: '100000' };
  const options = { role: 'web', databaseUrl: app.database.url, secret: newSecret(), env } as const;
  const [one, two] = await Promise.all([processes.start(options), processes.start(options)]);
  tills = [new Pos(one.url, terminalKey), new Pos(two.url, terminalKey)];
  began = new Date();
  items = Array.from({ length: ITEMS }, (_, index) => offline(index));
}, 120_000);
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

/** Some share the number, some the moment, no two share both. */
function offline(index: number): Item {
  const off = WRONG_BY[index % WRONG_BY.length]! * HOUR_MS;
  const at = new Date(began.getTime() + off - (index % 3) * 1000).toISOString();
  const receipt = { number: `${Math.floor(index / (3 * WRONG_BY.length))}-${index % 12}`, at };
  const lines = [{ category: 'fuel', sum: `${100 + index}.00` }];
  return { key: randomUUID(), call: 'purchase', body: { card: cards[index % CARDS]!, receipt, lines } };
}

/** In another order, the same for a seed. */
function shuffled<T>(list: readonly T[]): T[] {
  let state = seed;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Every item is answered, in order, as it was the first time. */
function expectSame(sent: readonly Item[], { status, body }: Response): void {
  expect(status).toBe(200);
  const results = body.results as Result[];
  expect(results.map(({ key }) => key)).toEqual(sent.map(({ key }) => key));
  for (const result of results) {
    const first = answers.get(result.key);
    if (first) expect(result).toEqual(first);
    else answers.set(result.key, result);
  }
}

/** Each receipt counts once, however often it came, and at a moment that had come. */
async function expectCountedOnce(): Promise<void> {
  expect([...answers.values()].filter(({ status }) => status !== 201)).toEqual([]);
  expect(new Set([...answers.values()].map(({ body }) => body.id)).size).toBe(ITEMS);
  const [row] = await app.database.query<{ purchases: number; ahead: number; early: number }>(
    `select count(*)::int as purchases, count(*) filter (where flagged)::int as ahead,
            count(*) filter (where flagged <> (receipt_at > occurred_at) or occurred_at > now())::int as early
     from purchase`,
  );
  const ahead = items.filter(({ body }) => Date.parse(body.receipt.at) > began.getTime() + HOUR_MS / 2).length;
  expect(row).toEqual({ purchases: ITEMS, ahead, early: 0 });
  for (const card of cards) {
    const own = items.filter(({ body }) => body.card === card).map(({ key }) => answers.get(key)!.body.earned);
    const expected = own.reduce((sum, earned) => sum + Number(earned), 0).toFixed(2);
    expect([card, (await tills[0].card(card)).body.balance.available]).toEqual([card, expected]);
  }
}

describe('what a till gathered while offline, its clock days wrong', () => {
  it('counts once though two copies and online calls under the same keys arrive together', async () => {
    const online = shuffled(items).slice(0, 100);
    const [copies, calls] = await Promise.all([
      Promise.all(tills.map((till) => till.batches(items))),
      Promise.all(online.map(({ key, body }, index) => tills[index % 2]!.post('/purchases', body, { key }))),
    ]);
    copies.forEach((copy) => expectSame(items, copy));
    calls.forEach(({ status, body }, index) => {
      expect({ status, body }).toEqual({ status: 201, body: answers.get(online[index]!.key)!.body });
    });
    await expectCountedOnce();
  }, 120_000);

  it('is answered as before when it is sent again: whole, shuffled, and in two parts at once', async () => {
    expectSame(items, await tills[1].batches(items));
    const mixed = shuffled(items);
    expectSame(mixed, await tills[0].batches(mixed));
    const parts = [mixed.slice(0, 200), mixed.slice(150)] as const;
    const both = await Promise.all(parts.map((part, index) => tills[index]!.batches(part)));
    both.forEach((answer, index) => expectSame(parts[index]!, answer));
    await expectCountedOnce();
  }, 120_000);

  it('counts no receipt again under other keys', async () => {
    const again = items.map((item) => ({ ...item, key: randomUUID() }));
    const { body } = await tills[0].batches(again);
    const results = body.results as Result[];
    expect(new Set(results.map(({ status, body: { code } }) => `${status} ${code}`))).toEqual(
      new Set(['409 receipt_already_registered']),
    );
    expect(results.map((result) => result.body.id)).toEqual(items.map(({ key }) => answers.get(key)!.body.id));
    await expectCountedOnce();
  }, 120_000);

  it('is refused item by item where a clock was more than two days ahead or a week behind', async () => {
    const far = [49, -7 * 24 - 1].map((hours) => {
      const at = new Date(Date.now() + hours * HOUR_MS).toISOString();
      return { ...offline(1), key: randomUUID(), body: { ...offline(1).body, receipt: { number: 'far', at } } };
    });
    const { body } = await tills[0].batches(far);
    expect((body.results as Result[]).map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
      ...['400 invalid_request', '400 invalid_request'],
    ]);
    await expectCountedOnce();
  });
});
