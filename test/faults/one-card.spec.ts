import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { CardBlocks } from '../../src/cards/blocks/card-blocks.service.js';
import { Database } from '../../src/infra/database/database.js';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { DomainError } from '../../src/shared/domain-error.js';
import { TestApp } from '../support/app.js';
import { Pos } from '../support/pos.js';
import { newSecret, useProcesses } from '../support/process.js';
import { RACE_TIMEOUT_MS, raceRounds } from './rounds.js';

/** Rounds that run side by side, each with two customers of its own. */
const AT_ONCE = 10;
const LIMITS = { DATABASE_POOL: '20', POS_RATE: '100000', POS_BURST: '100000' };

const processes = useProcesses();
/** Two that sell, as processes of their own, and two that burn, merge and block: four on one database. */
let tills: [Pos, Pos];
let app: TestApp;
let other: TestApp;
let oldTill: Pos;
let staffId: string;

beforeAll(async () => {
  app = await TestApp.start({ role: 'web', env: LIMITS });
  other = await TestApp.start({ role: 'web', env: LIMITS, beside: app });
  const options = { role: 'web', databaseUrl: app.database.url, secret: newSecret(), env: LIMITS } as const;
  const [one, two] = await Promise.all([processes.start(options), processes.start(options)]);
  oldTill = await app.world.openTill();
  tills = [new Pos(one.url, oldTill.terminalKey), new Pos(two.url, oldTill.terminalKey)];
  staffId = (await app.world.hire('manager')).id;
}, 120_000);
afterEach(() => app.expectBooksBalance());
afterAll(async () => {
  await other.close();
  await app.close();
});

interface Person {
  number: string;
  customerId: string;
}

/** Each has thirty points that are due, for nobody has been here since, and fifty that are not. */
async function people(count: number): Promise<Person[]> {
  const cards = await app.world.printCards(count);
  const buy = (sum: string): Promise<Response[]> => Promise.all(cards.map((card) => oldTill.purchase({ card, sum })));
  const today = new Date().toISOString();
  app.clock.set(today);
  app.clock.shift({ days: -400 });
  expectDone(await Promise.all(cards.map((card) => oldTill.sale(card))));
  const activated = await Promise.all(cards.map((card) => app.world.activate(card)));
  expectDone(await buy('3000.00'));
  app.clock.shift({ days: 100 });
  expectDone(await buy('5000.00'));
  app.clock.set(today);
  return cards.map((number, index) => ({ number, customerId: activated[index]!.customerId }));
}

function expectDone(answers: Response[]): void {
  expect([...new Set(answers.map(({ status, text }) => (status === 201 ? 'done' : text)))]).toEqual(['done']);
}

/** Where the machine is too busy for the limits on locks and connections, whoever asked asks again; a deadlock is a fault. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const busy = code === '55P03' || message.includes('timeout exceeded when trying to connect');
      if (!busy || attempt === 20) throw error;
    }
  }
}

/** Refused by a rule, or done; anything else is a fault. */
async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await patiently(work);
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

function block(at: TestApp, number: string, reason: 'lost' | 'fraud'): Promise<void> {
  const blocking = { number, reason, actor: { kind: 'staff', id: staffId } } as const;
  return at.get(Database).transaction((sql) => at.get(CardBlocks).block(sql, blocking));
}

/** As a till does: again under its key while the answer is that there is none now. */
async function buy(till: Pos, body: object): Promise<Response> {
  const key = randomUUID();
  for (let attempt = 1; ; attempt++) {
    const answer = await till.post('/purchases', body, { key });
    if (answer.status !== 503 || attempt === 20) return answer;
  }
}

/** Everything at once on two cards, in another order each round. */
async function race(round: number, one: Person, two: Person): Promise<Response[]> {
  const answers: Promise<Response>[] = [];
  const refused: Promise<string>[] = [];
  const redeem = (index: number): void => {
    const { number: card } = index % 4 === 3 ? two : one;
    const body = tills[index % 2]!.purchaseBody({ card, sum: '100.00', redeem: index % 3 === 0 ? 'max' : '20.00' });
    answers.push(buy(tills[index % 2]!, body));
  };
  const merge = (at: TestApp, from: Person, into: Person): void => {
    const ids = { fromId: from.customerId, intoId: into.customerId, staffId };
    refused.push(codeOf(() => at.get(CustomerMerging).merge(ids)));
  };
  const works = [
    ...Array.from({ length: 8 }, (_, index) => () => redeem(index)),
    () => merge(app, one, two),
    () => merge(other, two, one),
    () => refused.push(codeOf(() => block(app, one.number, 'lost'))),
    () => refused.push(codeOf(() => block(other, one.number, 'fraud'))),
  ];
  // A step that has no factor in common with their number visits them all.
  const step = [1, 5, 7, 11][round % 4]!;
  works.forEach((_, index) => works[(round + index * step) % works.length]!());
  expect((await Promise.all(refused)).sort()).toEqual(['customer_already_merged', 'done', 'done', 'done']);
  return Promise.all(answers);
}

function hundredths(text: string): number {
  return Number(text.replace('.', ''));
}

/** The thirty points are burnt whatever came first; all else is spent or on the survivor's account. */
async function expectNothingLost(one: Person, two: Person, answers: Response[]): Promise<void> {
  const done = answers.filter(({ status }) => status === 201).map(({ body }) => body);
  const names = answers.filter(({ status }) => status !== 201).map(({ body }) => String(body.code));
  expect(names.filter((name) => !['insufficient_points', 'card_blocked'].includes(name))).toEqual([]);
  const change = done.reduce((sum, { earned, redeemed }) => sum + hundredths(earned) - hundredths(redeemed), 0);
  const cards = await app.database.query<{ state: string; balance: string; account: string; blocks: number }>(
    `select c.state, a.balance, a.id as account,
            (select count(*)::int from card_block b where b.card_number = c.number) as blocks
     from card c join account a on a.id = c.account_id where c.number = any($1) order by c.state`,
    [[one.number, two.number]],
  );
  expect(new Set(cards.map(({ account }) => account)).size).toBe(1);
  expect(cards.map(({ state, balance, blocks }) => [state, Number(balance), blocks])).toEqual([
    ['active', 10_000 + change, 0],
    ['blocked', 10_000 + change, 1],
  ]);
  const [burnt] = await app.database.query<{ points: string }>(
    `select coalesce(sum(amount), 0) as points from transfer where kind = 'burn' and subject_id in
       (select points_account_id from customer where id = any($1))`,
    [[one.customerId, two.customerId]],
  );
  expect(Number(burnt!.points)).toBe(6000);
}

it(
  'redeem, expire, merge and block on one card at once: no point is lost or doubled',
  async () => {
    const rounds = raceRounds();
    const started = performance.now();
    let spent = 0;
    for (let round = 0; round < rounds; round += AT_ONCE) {
      const all = await people(2 * AT_ONCE);
      const pairs = Array.from({ length: AT_ONCE }, (_, pair) => [all[2 * pair]!, all[2 * pair + 1]!] as const);
      const [answers] = await Promise.all([
        Promise.all(pairs.map(([one, two], pair) => race(round + pair, one, two))),
        ...[app, other].map((at) => patiently(() => at.get(Expiry).expireLots(app.clock.now()))),
      ]);
      await Promise.all(pairs.map(([one, two], pair) => expectNothingLost(one, two, answers[pair]!)));
      spent += answers.flat().filter(({ status }) => status === 201).length;
    }
    // Some got through before the card was blocked, or there was no race.
    expect(spent).toBeGreaterThan(rounds / 5);
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(`redeem, expire, merge, block: ${rounds} rounds in ${seconds} s, ${spent} spent\n`);
  },
  RACE_TIMEOUT_MS,
);
