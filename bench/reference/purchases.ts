import { randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';
import { newId } from '../../src/shared/ids.js';
import { measure } from '../load/measure.js';
import { answer, orders } from '../load/orders.js';
import { cardNumber, id, KIND, TERMINALS } from '../seed/names.js';

export interface ReferenceLoad {
  url: string;
  connections: number;
  cards: number;
  seconds: number;
  warmUpSeconds: number;
}

/**
 * What S1 and S2 are held against: one prepared transaction a purchase straight through `pg`, the product's own tables
 * with all their indexes and foreign keys, durable commits, and nothing else: no HTTP, no keys, no rules.
 */
const load = orders<ReferenceLoad>();
const ISSUED = '00000000-0000-7000-8000-000000000001';
const run = randomUUID().slice(0, 8);
let receipts = 0;

const STATEMENTS = {
  purchase: `insert into purchase (id, terminal_id, station_id, card_number, account_id, receipt_number, receipt_at,
      occurred_at, state, total_kopecks, redeemed_hundredths, earned_hundredths)
    values ($1, $2, $3, $4, $5, $6, $7, $7, 'confirmed', $8, 0, $9)`,
  balance: 'update account set balance = balance + $2 where id = $1',
  transfer: `insert into transfer (id, kind, from_account_id, to_account_id, amount, subject_id, occurred_at)
    values ($1, 'earn', '${ISSUED}', $2, $3, $4, $5)`,
  lot: `insert into lot (id, account_id, transfer_id, amount, remaining, earned_at, expires_at, earned_by)
    values ($1, $2, $3, $4, $4, $5, $6, $7)`,
};

async function purchase(client: pg.Client): Promise<number> {
  receipts++;
  const place = randomInt(load.cards);
  const [purchaseId, transferId, accountId] = [newId(), newId(), id(KIND.account, place)];
  const total = randomInt(690_00, 4_190_00);
  const earned = Math.floor(total / 100);
  const now = new Date();
  const burns = new Date(now.getTime() + 366 * 86_400_000);
  const ask = (name: keyof typeof STATEMENTS, values: unknown[]) =>
    client.query({ name, text: STATEMENTS[name], values });
  const terminal = id(KIND.terminal, receipts % TERMINALS);
  await client.query('begin');
  await ask('purchase', [
    ...[purchaseId, terminal, id(KIND.station, 1), cardNumber(place), accountId],
    ...[`${run}-${receipts}`, now, total, earned],
  ]);
  await ask('balance', [accountId, earned]);
  await ask('transfer', [transferId, accountId, earned, purchaseId, now]);
  await ask('lot', [newId(), accountId, transferId, earned, now, burns, purchaseId]);
  await client.query('commit');
  return 201;
}

const clients = await Promise.all(
  Array.from({ length: load.connections }, async () => {
    const client = new pg.Client({ connectionString: load.url });
    await client.connect();
    return () => purchase(client);
  }),
);
answer(await measure(clients, load));
process.exit(0);
