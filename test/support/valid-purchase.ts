import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import type { TestApp } from './app.js';

/** A body with every field that a purchase may carry, right in every one of them. */
export function fullPurchase(card: string, at: Date): Record<string, unknown> {
  return {
    card,
    receipt: { number: randomUUID(), at: at.toISOString() },
    lines: [
      { category: 'fuel', sum: '2200.01', sku: 'АИ-92', name: 'АИ-92-К5 ТРК 12', price: '52.50', quantity: '41.905' },
      { category: 'goods', sum: '249.00' },
    ],
    redeem: '0.00',
    hold: false,
    cashier: 'Ирина',
  };
}

/** A copy of the body with the value at the path (`lines[0].sum`) replaced; `undefined` takes the field away. */
export function withField(body: unknown, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(body);
  const steps = path.match(/[^.[\]]+/g) ?? [];
  const last = steps.pop();
  if (last === undefined) return value;
  const owner = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy as Record<string, unknown>);
  if (value === undefined) Reflect.deleteProperty(owner, last);
  else owner[last] = value;
  return copy;
}

export interface RawCall {
  method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  key?: string | null;
  /** Sent as it stands. */
  body?: string | Buffer;
  type?: string | null;
  headers?: Record<string, string>;
}

/** A call with everything under the test's control, for what no honest till would send. */
export async function rawCall(app: TestApp, terminalKey: string | null, call: RawCall): Promise<Response> {
  const { method = 'post', path, key = randomUUID(), body, type = 'application/json', headers = {} } = call;
  const sent = request(app.url)[method](path);
  if (terminalKey !== null) void sent.set('Authorization', `Bearer ${terminalKey}`);
  if (key !== null && method === 'post') void sent.set('Idempotency-Key', key);
  if (body !== undefined && type !== null) void sent.set('Content-Type', type);
  void sent.set(headers);
  if (Buffer.isBuffer(body)) void sent.serialize((bytes: unknown) => bytes as string);
  return body === undefined ? sent : sent.send(body as string);
}
