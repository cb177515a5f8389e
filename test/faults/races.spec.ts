import type { Response } from 'supertest';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { TestApp } from '../support/app.js';
import { type Pos } from '../support/pos.js';
import { eachRound } from './rounds.js';

const CARDS = 24;

let app: TestApp;
let other: TestApp;
let tills: [Pos, Pos];

beforeAll(async () => {
  const settings = { role: 'web', env: { POS_RATE: '100000', POS_BURST: '100000' } } as const;
  app = await TestApp.start(settings);
  other = await TestApp.start({ ...settings, beside: app });
  const till = await app.world.openTill();
  tills = [till, other.pos(till.terminalKey)];
}, 60_000);
afterEach(() => app.expectBooksBalance());
afterAll(async () => {
  await other.close();
  await app.close();
});

function hundredths(text: string): number {
  return Number(text.replace('.', ''));
}

/** Refused or done, but never a fault and never too busy. */
function expectCalm(answers: Response[]): void {
  const names = new Set(answers.map(({ status, body }) => (status === 201 ? 'done' : String(body.code))));
  names.delete('done');
  names.delete('insufficient_points');
  expect([...names]).toEqual([]);
}

describe('the midnight at which points burn', () => {
  it.each(eachRound(CARDS))(
    'round %i: tills, the nightly run twice and activations at once',
    async () => {
      const sold = await Promise.all(Array.from({ length: CARDS / 2 }, () => app.world.sellCard(tills[0])));
      const active = await Promise.all(Array.from({ length: CARDS / 2 }, () => app.world.activeCard(tills[0])));
      const cards = [...sold, ...active.map(({ number }) => number)];
      // Two days' points on each card: the first burn tonight, the others stay.
      const due = await Promise.all(cards.map((card, index) => tills[index % 2]!.purchase({ card, sum: '500.00' })));
      app.clock.shift({ days: 1 });
      const stay = await Promise.all(cards.map((card, index) => tills[index % 2]!.purchase({ card, sum: '300.00' })));
      expectCalm([...due, ...stay]);
      app.clock.set(due[0]!.body.balance.expiring.at(-1).at as string);

      const purchases = Array.from({ length: 120 }, (_, index) => {
        const card = cards[(index * 7) % CARDS]!;
        const spends = index % 2 === 1 && !sold.includes(card);
        return tills[index % 2]!.purchase({ card, sum: '100.00', ...(spends && { redeem: '2.00' }) });
      });
      const [answers] = await Promise.all([
        Promise.all(purchases),
        app.get(Expiry).expireLots(app.clock.now()),
        other.get(Expiry).expireLots(app.clock.now()),
        ...sold.map((card, index) => (index % 2 === 0 ? app : other).world.activate(card, app.world.newPhone())),
      ]);
      expectCalm(answers);

      for (const card of cards) {
        const own = answers
          .filter((_, index) => cards[(index * 7) % CARDS] === card)
          .filter(({ status }) => status === 201);
        const change = own.reduce((sum, { body }) => sum + hundredths(body.earned) - hundredths(body.redeemed), 0);
        const { body } = await tills[0].card(card);
        expect([card, hundredths(body.balance.available)]).toEqual([card, 300 + change]);
      }
      expect(await app.database.query('select from lot_day where expires_at <= $1', [app.clock.now()])).toEqual([]);
    },
    60_000,
  );
});

describe('a virtual card', () => {
  it('is one, however many windows ask for it, and dies at once when its number is changed', async () => {
    const { number: plastic, customerId } = await app.world.activeCard(tills[0]);
    await tills[0].purchase({ card: plastic, sum: '10000.00' });
    const windows = [app, other, app, other, app, other].map((each) => each.get(VirtualCards));
    const issued = new Set(await Promise.all(windows.map((cards) => cards.issueVirtualCard(customerId))));
    expect(issued.size).toBe(1);
    const [number = ''] = issued;

    const spending = Array.from({ length: 20 }, (_, index) =>
      tills[index % 2]!.purchase({ card: number, sum: '5.00', redeem: '5.00' }),
    );
    const changes = await Promise.allSettled(windows.map((cards) => cards.reissue(customerId, number)));
    expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const answers = await Promise.all(spending);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'card_blocked')).toBe(true);
    const spent = answers.filter(({ status }) => status === 201).length;
    expect((await tills[0].card(plastic)).body.balance.available).toBe(`${100 - 5 * spent}.00`);
    expect((await tills[0].purchase({ card: number, sum: '5.00' })).body.code).toBe('card_blocked');
  });
});
