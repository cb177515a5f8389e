import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { Pos } from '../support/pos.js';
import { newSecret, type ProductProcess, useProcesses } from '../support/process.js';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3);
const TILLS = 8;
const CARDS = 5;
const STARTING_POINTS = 100_000;

/** A till's call: sent again under its key until it is answered. */
interface Call {
  what: 'hold' | 'confirm' | 'cancel' | 'refund';
  card: string;
  path: string;
  body: object;
  key: string;
  answer?: Response;
}

const processes = useProcesses();
let app: TestApp;
let product: ProductProcess;
let till: Pos;
let cards: string[];
const calls: Call[] = [];

beforeAll(async () => {
  app = await TestApp.start({ role: 'web' });
  app.clock.set(new Date().toISOString());
  const env = { POS_RATE: '100000', POS_BURST: '100000' };
  product = await processes.start({ role: 'web', databaseUrl: app.database.url, secret: newSecret(), env });
  till = new Pos(product.url, (await app.world.openTill()).terminalKey);
  const active = await Promise.all(Array.from({ length: CARDS }, () => app.world.activeCard(till)));
  cards = active.map(({ number }) => number);
  await Promise.all(cards.map((card) => till.purchase({ card, sum: '100000.00' })));
}, 120_000);
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

/** Holds, then confirms or cancels, then gives some of it back, until the process is gone. */
async function streamOf(number: number, done: () => boolean): Promise<void> {
  for (let index = 0; !done(); index++) {
    const card = cards[(number + index) % CARDS]!;
    const hold = till.purchaseBody({ card, sum: `${100 + index}.57`, redeem: '2.00', hold: true });
    const held = await send({ what: 'hold', card, path: '/purchases', body: hold });
    if (!held) return;
    const path = `/purchases/${held.body.id}`;
    const what = index % 3 === 2 ? 'cancel' : 'confirm';
    const body = index % 3 === 1 ? { lines: [{ category: 'fuel', sum: '1.50' }] } : {};
    if (!(await send({ what, card, path: `${path}/${what}`, body }))) return;
    if (index % 3 > 0) continue;
    const refund = { receipt: till.receipt(), sum: '33.33' };
    if (!(await send({ what: 'refund', card, path: `${path}/refunds`, body: refund }))) return;
  }
}

async function send(sent: Omit<Call, 'key'>): Promise<Response | undefined> {
  const call: Call = { ...sent, key: randomUUID() };
  calls.push(call);
  const answer = await till.post(call.path, call.body, { key: call.key }).catch(() => undefined);
  if (answer) expect(answer.status).toBe(call.what === 'hold' || call.what === 'refund' ? 201 : 200);
  call.answer = answer;
  return answer;
}

async function killAmidCalls(pause: number): Promise<void> {
  const before = calls.length;
  let killed = false;
  const streams = Array.from({ length: TILLS }, (_, number) => streamOf(number, () => killed));
  await eventually(() => expect(calls.length).toBeGreaterThan(before + pause), 30_000);
  await product.kill();
  killed = true;
  await Promise.all(streams);
}

/** What a till does after a fault: everything again with its key. */
async function sendAllAgain(): Promise<void> {
  for (let from = 0; from < calls.length; from += 50) {
    await Promise.all(
      calls.slice(from, from + 50).map(async (call) => {
        const again = await till.post(call.path, call.body, { key: call.key });
        expect([200, 201]).toContain(again.status);
        if (call.answer) expect([again.text, again.headers['idempotent-replayed']]).toEqual([call.answer.text, 'true']);
        call.answer = again;
      }),
    );
  }
}

function hundredths(text: string): number {
  return Number(text.replace('.', ''));
}

function of(what: Call['what']): Call[] {
  return calls.filter((call) => call.what === what);
}

/** By the answers alone: what was confirmed and given back, and what nobody has finished. */
function expectedOf(card: string): { available: number; held: number } {
  const sum = (what: Call['what'], name: string): number =>
    of(what)
      .filter((call) => call.card === card)
      .reduce((all, { answer }) => all + hundredths(answer!.body[name] as string), 0);
  const finished = new Set([...of('confirm'), ...of('cancel')].map(({ path }) => path.split('/')[2]));
  const open = of('hold').filter((call) => call.card === card && !finished.has(call.answer!.body.id as string));
  const held = open.reduce((all, { answer }) => all + hundredths(answer!.body.redeemed as string), 0);
  const confirmed = sum('confirm', 'earned') - sum('confirm', 'redeemed');
  const refunded = sum('refund', 'returned') - sum('refund', 'takenBack');
  return { available: STARTING_POINTS + confirmed + refunded - held, held };
}

describe('kill -9 in the middle of holds, confirms, cancels and refunds', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => [round + 1]))(
    'round %i: every key is applied once',
    async (round) => {
      await killAmidCalls(30 + 23 * round);
      expect(calls.filter(({ answer }) => !answer).length).toBeGreaterThan(0);
      await product.restart();
      await sendAllAgain();

      for (const card of cards) {
        const { balance } = (await till.card(card)).body as { balance: { available: string; held: string } };
        const has = { available: hundredths(balance.available), held: hundredths(balance.held) };
        expect([card, has]).toEqual([card, expectedOf(card)]);
      }
      const [rows] = await app.database.query<Record<string, number>>(
        `select (select count(*)::int from points_hold) as holds,
                (select count(*)::int from purchase where state = 'confirmed') as confirmed,
                (select count(*)::int from purchase where state = 'cancelled') as cancelled,
                (select count(*)::int from refund) as refunds`,
      );
      expect(rows).toEqual({
        ...{ holds: of('hold').length, confirmed: CARDS + of('confirm').length },
        ...{ cancelled: of('cancel').length, refunds: of('refund').length },
      });
    },
    120_000,
  );
});
