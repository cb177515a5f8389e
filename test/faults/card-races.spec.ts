import type { Response } from 'supertest';
import { type Blocking, CardBlocks } from '../../src/cards/blocks/card-blocks.service.js';
import { CardReplacements } from '../../src/cards/replacements/card-replacements.service.js';
import { Database } from '../../src/infra/database/database.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { DomainError } from '../../src/shared/domain-error.js';
import { TestApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 6);

let app: TestApp;
let other: TestApp;
let tills: [Pos, Pos];
let staffId: string;

beforeAll(async () => {
  const settings = { role: 'web', env: { POS_RATE: '100000', POS_BURST: '100000' } } as const;
  app = await TestApp.start(settings);
  other = await TestApp.start({ ...settings, beside: app });
  const till = await app.world.openTill();
  tills = [till, other.pos(till.terminalKey)];
  staffId = (await app.world.hire('manager')).id;
}, 60_000);
afterEach(() => app.expectBooksBalance());
afterAll(async () => {
  await other.close();
  await app.close();
});

const rounds = Array.from({ length: ROUNDS }, (_, round) => [round + 1]);
const clerk = () => ({ kind: 'staff', id: staffId }) as const;

function block(at: TestApp, blocking: Omit<Blocking, 'actor'>): Promise<void> {
  return at.get(Database).transaction((sql) => at.get(CardBlocks).block(sql, { ...blocking, actor: clerk() }));
}

/** What of these was refused by a rule; anything else is a fault. */
async function refusals(works: Promise<unknown>[]): Promise<string[]> {
  const ends = await Promise.allSettled(works);
  return ends.flatMap((end) => {
    if (end.status === 'fulfilled') return [];
    if (end.reason instanceof DomainError) return [end.reason.code];
    throw end.reason;
  });
}

function expectCalm(answers: Response[]): void {
  const names = new Set(answers.map(({ status, body }) => (status === 201 ? 'done' : String(body.code))));
  for (const expected of ['done', 'insufficient_points', 'card_blocked']) names.delete(expected);
  expect([...names]).toEqual([]);
}

function sum(answers: Response[], what: 'earned' | 'redeemed'): number {
  return answers
    .filter(({ status }) => status === 201)
    .reduce((all, { body }) => all + Number(String(body[what]).replace('.', '')), 0);
}

describe('redeem, expire, merge and block on one card', () => {
  it.each(rounds)(
    'round %i: every point is spent, burnt or on the survivor’s account',
    async () => {
      const [one, two] = [await app.world.activeCard(tills[0]), await app.world.activeCard(tills[0])];
      const due = await tills[0].purchase({ card: one.number, sum: '3000.00' });
      app.clock.shift({ days: 1 });
      for (const { number } of [one, two]) await tills[1].purchase({ card: number, sum: '5000.00' });
      app.clock.set(due.body.balance.expiring[0].at as string);

      const purchases = Array.from({ length: 60 }, (_, index) =>
        tills[index % 2]!.purchase({ card: [one, two][(index >> 1) % 2]!.number, sum: '100.00', redeem: '2.00' }),
      );
      const merging = [
        app.get(CustomerMerging).merge({ fromId: one.customerId, intoId: two.customerId, staffId }),
        other.get(CustomerMerging).merge({ fromId: two.customerId, intoId: one.customerId, staffId }),
      ];
      const [answers, refused] = await Promise.all([
        Promise.all(purchases),
        refusals(merging),
        app.get(Expiry).expireLots(app.clock.now()),
        other.get(Expiry).expireLots(app.clock.now()),
        block(app, { number: one.number, reason: 'lost' }),
        block(other, { number: one.number, reason: 'fraud' }),
      ]);
      expectCalm(answers);
      expect(refused).toEqual(['customer_already_merged']);

      // The thirty points of the first day are burnt whatever came first; all else is here.
      const [left] = await app.database.query<{ balance: string; accounts: number }>(
        `select sum(a.balance) as balance, count(distinct c.account_id)::int as accounts
         from card c join account a on a.id = c.account_id where c.number = $1`,
        [two.number],
      );
      expect(Number(left!.balance)).toBe(10_000 + sum(answers, 'earned') - sum(answers, 'redeemed'));
      const cards = await app.database.query<{ state: string; account_id: string }>(
        'select state, account_id from card where number = any($1) order by state',
        [[one.number, two.number]],
      );
      expect(cards.map(({ state }) => state)).toEqual(['active', 'blocked']);
      expect(new Set(cards.map(({ account_id }) => account_id)).size).toBe(1);
      const blocks = await app.database.query('select from card_block where card_number = $1', [one.number]);
      expect(blocks).toHaveLength(1);
    },
    60_000,
  );
});

describe('a card that is replaced', () => {
  it.each(rounds)('round %i: once, while tills spend and its owner asks for virtual cards', async () => {
    const { number, customerId } = await app.world.activeCard(tills[0]);
    await tills[0].purchase({ card: number, sum: '10000.00' });
    const nexts = await app.world.printCards(3);
    const purchases = Array.from({ length: 20 }, (_, index) =>
      tills[index % 2]!.purchase({ card: number, sum: '5.00', redeem: '5.00' }),
    );
    const replacing = nexts.map((next, index) => {
      const at = index % 2 === 0 ? app : other;
      return at
        .get(Database)
        .transaction((sql) =>
          at.get(CardReplacements).replaceByPlastic(sql, { old: number, next, reason: 'lost', actor: clerk() }),
        );
    });
    const [answers, refused] = await Promise.all([
      Promise.all(purchases),
      refusals(replacing),
      app.get(VirtualCards).issueVirtualCard(customerId),
      other.get(VirtualCards).issueVirtualCard(customerId),
    ]);
    expectCalm(answers);
    expect(refused).toEqual(['card_replaced', 'card_replaced']);
    const cards = await app.database.query<{ kind: string; state: string }>(
      'select kind, state from card where customer_id = $1 order by kind, state',
      [customerId],
    );
    expect(cards).toEqual([
      { kind: 'plastic', state: 'active' },
      { kind: 'plastic', state: 'replaced' },
      { kind: 'virtual', state: 'active' },
    ]);
    expect((await tills[0].card(number)).body.state).toBe('replaced');
    const [account] = await app.database.query<{ balance: string }>(
      'select a.balance from customer c join account a on a.id = c.points_account_id where c.id = $1',
      [customerId],
    );
    expect(Number(account!.balance)).toBe(10_000 - sum(answers, 'redeemed'));
  });
});

describe('a merge beside an activation with the phone that goes', () => {
  it.each(rounds)('round %i: the card is the survivor’s or stays sold, never lost', async () => {
    const [one, two] = [await app.world.activeCard(tills[0]), await app.world.activeCard(tills[0])];
    const sold = await app.world.sellCard(tills[0]);
    await tills[0].purchase({ card: sold, sum: '1000.00' });
    const refused = await refusals([
      app.get(CustomerMerging).merge({ fromId: one.customerId, intoId: two.customerId, staffId }),
      other.world.activate(sold, one.phone),
    ]);
    const [card] = await app.database.query<{ state: string; customer_id: string | null }>(
      'select state, customer_id from card where number = $1',
      [sold],
    );
    expect(card).toEqual(
      refused.length === 0 ? { state: 'active', customer_id: two.customerId } : { state: 'sold', customer_id: null },
    );
    expect(refused.every((code) => code === 'phone_given_up')).toBe(true);
    expect((await tills[0].card(sold)).body.balance.available).toBe('10.00');
  });
});
