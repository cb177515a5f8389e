import pg from 'pg';
import type { Response } from 'supertest';
import { CardBlocks } from '../../src/cards/blocks/card-blocks.service.js';
import { CardReplacements } from '../../src/cards/replacements/card-replacements.service.js';
import { Database } from '../../src/infra/database/database.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { DomainError } from '../../src/shared/domain-error.js';
import { TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import type { Pos } from '../support/pos.js';
import { eachRound } from './rounds.js';

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

/** Each is worth ten: twenty purchases and as much besides. */
const rounds = eachRound(10);
const clerk = () => ({ kind: 'staff', id: staffId }) as const;

/** What of these was refused by a rule; anything else is a fault. */
async function refusals(works: Promise<unknown>[]): Promise<string[]> {
  const ends = await Promise.allSettled(works);
  return ends.flatMap((end) => {
    if (end.status === 'fulfilled') return [];
    if (end.reason instanceof DomainError) return [end.reason.code];
    throw end.reason;
  });
}

function block(number: string): Promise<void> {
  const blocking = { number, reason: 'lost', actor: clerk() } as const;
  return app.get(Database).transaction((sql) => app.get(CardBlocks).block(sql, blocking));
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

/** How many wait for somebody else's lock. */
async function waiting(): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row!.count;
}

it('a block that finds its card moved holds nobody up while it waits for the other account', async () => {
  const [from, into] = [await app.world.activeCard(tills[0]), await app.world.activeCard(tills[0])];
  const [one, two] = await app.database.query<{ customer: string; account: string }>(
    'select id as customer, points_account_id as account from customer where id = any($1) order by id = $2',
    [[from.customerId, into.customerId], into.customerId],
  );
  const lock = 'select from account where id = $1 for no key update';
  const [merging, running] = [new pg.Client(app.database.url), new pg.Client(app.database.url)];
  await Promise.all([merging.connect(), running.connect()]);
  try {
    for (const client of [merging, running]) await client.query('begin');
    await merging.query(lock, [one!.account]);
    await running.query(lock, [two!.account]);
    const blocked = block(from.number);
    await eventually(async () => expect(await waiting()).toBe(1));
    await merging.query('update card set customer_id = $2, account_id = $3 where number = $1', [
      ...[from.number, two!.customer, two!.account],
    ]);
    await merging.query('commit');
    // Now it waits for the other account, which somebody has who wants the first.
    await eventually(async () => expect([await waiting(), await movedAway()]).toEqual([1, true]));
    await running.query(`set local lock_timeout = '500ms'`);
    await running.query(lock, [one!.account]);
    await running.query('commit');
    await blocked;
  } finally {
    await Promise.all([merging.end(), running.end()]);
  }
  expect((await tills[0].card(from.number)).body.state).toBe('blocked');

  async function movedAway(): Promise<boolean> {
    const [row] = await app.database.query<{ account_id: string }>('select account_id from card where number = $1', [
      from.number,
    ]);
    return row!.account_id === two!.account;
  }
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
