import { randomInt, randomUUID } from 'node:crypto';
import { cardNumber, terminalKey } from '../seed/names.js';
import { Connection } from './connection.js';
import { measure } from './measure.js';
import { answer, orders } from './orders.js';

export interface PurchaseLoad {
  port: number;
  clients: number;
  /** How many cards there are; 1 for everything on one card. */
  cards: number;
  seconds: number;
  warmUpSeconds: number;
}

/** Tills that register purchases of two lines, each with a key and a receipt of its own, on cards drawn at random. */
const load = orders<PurchaseLoad>();
const run = randomUUID().slice(0, 8);
let receipts = 0;

const clients = Array.from({ length: load.clients }, (_, till) => {
  const connection = new Connection(load.port);
  const key = terminalKey(till);
  return () => connection.send(requestOf(key));
});
answer(await measure(clients, load));
process.exit(0);

function requestOf(key: string): string {
  receipts++;
  const fuel = randomInt(500_00, 4_000_00);
  const body = JSON.stringify({
    card: cardNumber(randomInt(load.cards)),
    receipt: { number: `${run}-${receipts}`, at: new Date().toISOString() },
    lines: [
      { category: 'fuel', sum: rubles(fuel), sku: '1002', name: 'АИ-95-К5' },
      { category: 'food', sum: '190.00', sku: '3001', name: 'Кофе капучино 300 мл', price: '190.00', quantity: '1' },
    ],
  });
  return [
    'POST /api/pos/v1/purchases HTTP/1.1',
    `Host: 127.0.0.1:${load.port}`,
    `Authorization: Bearer ${key}`,
    `Idempotency-Key: ${run}-${receipts}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

function rubles(kopecks: number): string {
  return `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
}
