import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Response } from 'supertest';
import { EmbeddedServer } from '../../src/infra/embedded/embedded-server.js';
import { findPostmaster } from '../../src/infra/embedded/postmaster.js';
import { TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { Pos, type PurchaseBody } from '../support/pos.js';
import { type ProductProcess, useProcesses } from '../support/process.js';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3);
const TILLS = 16;
const CARDS = 12;

/** A till's call: sent again under its key until it is answered. */
interface Call {
  key: string;
  body: PurchaseBody;
  answer?: Response;
}

const processes = useProcesses();
let dataDir: string;
let product: ProductProcess;
let app: TestApp;
let till: Pos;
let cards: string[];
const calls: Call[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'smartcard-test-kill-'));
  chmodSync(dataDir, 0o755);
  const env = { DEMO: '0', POS_RATE: '100000', POS_BURST: '100000' };
  product = await processes.start({ dataDir, env });
  // The town is built by the product's own verbs, through a second application on the same database.
  const server = await EmbeddedServer.join(dataDir);
  app = await TestApp.start({ role: 'web', databaseUrl: server.url });
  app.clock.set(new Date().toISOString());
  till = new Pos(product.url, (await app.world.openTill()).terminalKey);
  const sold = Array.from({ length: CARDS }, async (_, index) =>
    index % 2 === 0 ? app.world.sellCard(till) : (await app.world.activeCard(till)).number,
  );
  cards = await Promise.all(sold);
  await app.close();
}, 120_000);

/** Purchases one after another, every third with as many points as there are, until the process is gone. */
async function streamOf(number: number, done: () => boolean): Promise<void> {
  for (let index = 0; !done(); index++) {
    const card = cards[(number * 7 + index) % CARDS]!;
    const redeem = index % 3 === 2 ? { redeem: 'max' } : {};
    const call: Call = { key: randomUUID(), body: till.purchaseBody({ card, sum: `${index % 900}.57`, ...redeem }) };
    calls.push(call);
    const answer = await till.post('/purchases', call.body, { key: call.key }).catch(() => undefined);
    if (!answer) return;
    expect(answer.status).toBe(201);
    call.answer = answer;
  }
}

/** Lets the tills work, and pulls the plug in the middle of it. */
async function killAmidPurchases(pause: number, alsoTheDatabase: boolean): Promise<void> {
  const answeredBefore = calls.filter(({ answer }) => answer).length;
  let killed = false;
  const streams = Array.from({ length: TILLS }, (_, number) => streamOf(number, () => killed));
  await eventually(() => {
    expect(calls.filter(({ answer }) => answer).length).toBeGreaterThan(answeredBefore + pause);
  });
  const database = findPostmaster(join(dataDir, 'postgres'));
  await product.kill();
  if (alsoTheDatabase) process.kill(database!.pid, 'SIGKILL');
  killed = true;
  await Promise.all(streams);
}

/** What a till does after a fault: everything again with its key. */
async function sendAllAgain(): Promise<void> {
  for (let from = 0; from < calls.length; from += 50) {
    await Promise.all(
      calls.slice(from, from + 50).map(async (call) => {
        const again = await till.post('/purchases', call.body, { key: call.key });
        expect(again.status).toBe(201);
        if (call.answer) {
          expect([again.text, again.headers['idempotent-replayed']]).toEqual([call.answer.text, 'true']);
        }
        call.answer = again;
      }),
    );
  }
}

function hundredths(text: string): number {
  return Number(text.replace('.', ''));
}

describe('kill -9 of the all-in-one process during a stream of purchases', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => [round + 1]))(
    'round %i: nothing lost, nothing double',
    async (round) => {
      // The last round takes the database server with it, as a power cut would.
      await killAmidPurchases(20 + 37 * round, round === ROUNDS);
      const open = calls.filter(({ answer }) => !answer).length;
      await product.restart();
      await sendAllAgain();
      expect(open).toBeGreaterThan(0);

      for (const card of cards) {
        const own = calls.filter(({ body }) => body.card === card).map(({ answer }) => answer!.body);
        const expected = own.reduce((sum, { earned, redeemed }) => sum + hundredths(earned) - hundredths(redeemed), 0);
        const { body } = await till.card(card);
        expect([card, hundredths(body.balance.available)]).toEqual([card, expected]);
      }
      await expectBooks();
    },
    120_000,
  );
});

/** As an operator proves them, beside the running product; and one purchase a call, no more. */
async function expectBooks(): Promise<void> {
  const env = { ...process.env, DATA_DIR: dataDir, DEMO: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/main.js', 'verify'], { env });
  expect(stdout).toContain('The ledger balances.');
  const ids = new Set(calls.map(({ answer }) => answer!.body.id as string));
  expect(ids.size).toBe(calls.length);
}
