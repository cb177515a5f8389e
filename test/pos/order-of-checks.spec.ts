import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { TerminalsService } from '../../src/stations/terminals.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { TestApp } from '../support/app.js';
import { moneyState } from '../support/money-state.js';
import type { Pos } from '../support/pos.js';
import { eventually } from '../support/eventually.js';
import { holding } from '../support/holding.js';
import { expectFields, expectProblem } from '../support/problem.js';
import { fullPurchase, rawCall, type RawCall, withField } from '../support/valid-purchase.js';

let app: TestApp;
let till: Pos;
let card: string;

beforeAll(async () => {
  app = await TestApp.start({ env: { POS_RATE: '1', POS_BURST: '1000' } });
  till = await app.world.openTill();
  card = (await app.world.activeCard(till)).number;
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

const purchases = '/api/pos/v1/purchases';
const valid = (): Record<string, unknown> => fullPurchase(card, app.clock.now());
const call = (raw: RawCall, key: string | null = till.terminalKey): Promise<Response> => rawCall(app, key, raw);
const send = (body: unknown, key: string | null = randomUUID()): Promise<Response> =>
  call({ path: purchases, key, body: typeof body === 'string' ? body : JSON.stringify(body) });

const NOBODYS = `${purchases}/00000000-0000-7000-8000-000000000000`;
const WRITES = [
  ...[purchases, '/api/pos/v1/cards/2990000000000/sale'],
  ...['confirm', 'cancel', 'refunds'].map((verb) => `${NOBODYS}/${verb}`),
];
const CALLS: RawCall[] = [
  ...WRITES.map((path) => ({ path })),
  { path: `${purchases}/quote` },
  { path: '/api/pos/v1/batches' },
  { path: `${purchases}/00000000-0000-7000-8000-000000000000`, method: 'get' },
  { path: '/api/pos/v1/cards/2990000000000', method: 'get' },
];

describe('401 comes first', () => {
  it.each(CALLS)('at %j, whatever else is wrong', async (raw) => {
    const before = await moneyState(app.database);
    const stranger = await app.world.openStation();
    const terminals = app.get(TerminalsService);
    const revoked = await terminals.issueKey(stranger.terminalId, SYSTEM);
    await terminals.revokeKey(stranger.terminalId, revoked.id, SYSTEM);
    const wrong = [
      null,
      '',
      'x',
      `sk_pos_${'A'.repeat(43)}`,
      `${till.terminalKey}x`,
      till.terminalKey.slice(0, -1),
      revoked.key,
    ];
    for (const terminalKey of wrong) {
      for (const broken of [
        { key: null, body: '{' },
        { key: null, body: 'x'.repeat(1_100_000) },
        { key: 'x', body: 'text', type: 'text/plain' },
      ]) {
        const answer = await call({ ...raw, ...(raw.method === 'get' ? {} : broken) }, terminalKey);
        expectProblem(answer, 401, 'unauthorized');
      }
    }
    expect(await moneyState(app.database)).toEqual(before);
  });

  it('for a key that stands anywhere but in the header', async () => {
    const key = till.terminalKey;
    const path = `/api/pos/v1/cards/${card}`;
    const places: Record<string, string>[] = [
      { Authorization: key },
      { Authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` },
      { Authorization: `Bearer ${key} ${key}` },
      { Cookie: `access_token=${key}; key=${key}` },
      { 'X-Api-Key': key },
    ];
    for (const headers of places) {
      expectProblem(await call({ method: 'get', path, headers }, null), 401, 'unauthorized');
    }
    expectProblem(await call({ method: 'get', path: `${path}?access_token=${key}` }, null), 401, 'unauthorized');
  });

  it('for the keys of a closed terminal and a closed station', async () => {
    const closed = await app.world.openStation();
    expect((await closed.till.card(card)).status).toBe(200);
    await app.get(TerminalsService).removeTerminal(closed.terminalId, SYSTEM);
    expectProblem(await closed.till.card(card), 401, 'unauthorized');
  });
});

describe('429 comes second', () => {
  it('and tells when to come back', async () => {
    const busy = await app.world.openTill();
    const used = randomUUID();
    await busy.purchase({ card }, { key: used });
    // A call a second comes free again, so the last of them is taken right before each look.
    const useUp = async (): Promise<void> => {
      while ((await busy.card(card)).status !== 429);
    };
    await Promise.all(Array.from({ length: 990 }, () => busy.card(card)));
    for (const broken of [
      { path: purchases, key: null },
      { path: purchases, key: null, body: '{' },
      { path: purchases, key: used, body: '{}' },
      { path: purchases, body: 'x'.repeat(1_100_000) },
      { path: '/api/pos/v1/cards/2990000000000', method: 'get' as const },
    ]) {
      await useUp();
      const answer = await call(broken, busy.terminalKey);
      expectProblem(answer, 429, 'rate_limited');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(answer.body.detail).toMatch(/через \d+ (секунд|минут)/);
    }
    expect((await till.card(card)).status).toBe(200);
  });

  it('also after thirty unknown cards in a minute, and not before', async () => {
    const guesser = await app.world.openTill();
    const numbers = await app.world.printCards(3);
    const ways = [
      () => guesser.card('2990000000000'),
      () => guesser.quote({ card: '2990000000000' }),
      () => guesser.purchase({ card: '2990000000000' }),
      () => guesser.sale('2990000000000'),
      () => guesser.card('+79991234567'),
    ];
    for (let guess = 0; guess < 30; guess++) {
      expectProblem(await ways[guess % ways.length]!(), 404, 'card_not_found');
      if (guess === 15) expect((await guesser.card(numbers[0]!)).status).toBe(200);
    }
    for (const way of ways) {
      const answer = await way();
      expectProblem(answer, 429, 'rate_limited');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    // Who knows the cards is not disturbed, nor is any other till.
    expect((await guesser.card(card)).status).toBe(200);
    expect((await guesser.sale(numbers[1]!)).status).toBe(201);
    expectProblem(await till.card('2990000000000'), 404, 'card_not_found');
  });

  it('a refusal that was not kept is forgotten: the same key works later', async () => {
    const guesser = await app.world.openTill();
    for (let guess = 0; guess < 30; guess++) await guesser.card('2990000000000');
    const body = guesser.purchaseBody({ card: '2990000000000' });
    expectProblem(await guesser.post('/purchases', body, { key: 'later' }), 429, 'rate_limited');
    const [kept] = await app.database.query(`select from idempotency_key where key = 'later'`);
    expect(kept).toBeUndefined();
  });
});

describe('a missing key comes third', () => {
  const bodies: Omit<RawCall, 'path'>[] = [
    {},
    { body: '{' },
    { body: '{}' },
    { body: 'x'.repeat(1_100_000) },
    { body: 'text', type: 'text/plain' },
    { body: '['.repeat(100_000) },
  ];

  it.each(WRITES)('at %s', async (path) => {
    for (const body of bodies) {
      expectProblem(await call({ path, key: null, ...body }), 400, 'idempotency_key_required');
    }
  });

  it('is not asked of a quote', async () => {
    const answer = await call({ path: `${purchases}/quote`, key: null, body: JSON.stringify(valid()) });
    expect(answer.status).toBe(200);
  });

  it('may have 1 to 64 visible characters', async () => {
    for (const key of ['k', 'k'.repeat(64), '0', '"quoted"', '{a b}', '~!@#$%^&*()']) {
      expect({ key, status: (await send(valid(), key)).status }).toEqual({ key, status: 201 });
    }
    expectProblem(await send(valid(), ''), 400, 'idempotency_key_required');
    for (const key of ['k'.repeat(65), 'k'.repeat(4000), 'ключ', '\u00a0', 'tab\tbed']) {
      const answer = await send(valid(), Buffer.from(key).toString('latin1'));
      expectProblem(answer, 400, 'invalid_request');
      expect(answer.body.errors).toEqual([{ path: 'Idempotency-Key', message: 'Ключ: от 1 до 64 видимых знаков' }]);
    }
  });
});

describe('422 comes fourth', () => {
  it('before anything that is wrong with the body', async () => {
    const body = valid();
    const first = await send(body, 'used');
    expect(first.status).toBe(201);
    for (const other of [
      { ...body, lines: [] },
      withField(body, 'lines[0].sum', '-1'),
      withField(body, 'lines[0].sum', 2200.01),
      withField(body, 'receipt.at', '2020-01-01T00:00:00Z'),
      { ...body, card: '2990000000000' },
      {},
      [],
      '1',
      `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    ]) {
      expectProblem(await send(other, 'used'), 422, 'idempotency_key_reused');
    }
    expectProblem(await call({ path: `/api/pos/v1/cards/${card}/sale`, key: 'used' }), 422, 'idempotency_key_reused');
    const again = await send(Object.fromEntries(Object.entries(body).reverse()), 'used');
    expect([again.status, again.text]).toEqual([201, first.text]);
  });

  it('does not come for what was refused with 400', async () => {
    expectFields(await send({ ...valid(), lines: [] }, 'free'), ['lines']);
    expectFields(await send({ ...valid(), card: '' }, 'free'), ['card']);
    expect((await send(valid(), 'free')).status).toBe(201);
  });

  it('nor for another terminal of the same station, nor for another key of the same terminal', async () => {
    const { stationId, terminalId, till: first } = await app.world.openStation();
    const terminals = app.get(TerminalsService);
    const neighbour = await terminals.installTerminal(stationId, 'Касса 2', SYSTEM);
    const second = app.pos((await terminals.issueKey(neighbour.id, SYSTEM)).key);
    const sameTerminal = app.pos((await terminals.issueKey(terminalId, SYSTEM)).key);
    const body = first.purchaseBody({ card });
    const answer = await first.post('/purchases', body, { key: 'shared' });
    const others = await second.post('/purchases', { ...body, cashier: 'Анна' }, { key: 'shared' });
    expect([answer.status, others.status]).toEqual([201, 201]);
    const repeated = await sameTerminal.post('/purchases', body, { key: 'shared' });
    expect([repeated.text, repeated.headers['idempotent-replayed']]).toEqual([answer.text, 'true']);
  });
});

describe('then come 400, 404 and 409', () => {
  it('a bad field before an unknown card', async () => {
    expectFields(await send(withField({ ...valid(), card: '2990000000000' }, 'lines[0].category', 'x')), [
      'lines[0].category',
    ]);
  });

  it('an unknown card before a receipt that is known', async () => {
    const body = valid();
    await send(body);
    expectProblem(await send({ ...body, card: '2990000000000' }), 404, 'card_not_found');
    expectProblem(await send(body), 409, 'receipt_already_registered');
  });

  it('the state of the card before the limit, the limit before the balance', async () => {
    const [printed = ''] = await app.world.printCards();
    const sold = await app.world.sellCard(till);
    const tobacco = { lines: [{ category: 'tobacco', sum: '100.00' }], redeem: '50.00' };
    for (const [number, code] of [
      [printed, 'card_not_sold'],
      [sold, 'card_not_active'],
      [card, 'redeem_exceeds_limit'],
    ] as const) {
      for (const answer of [
        await till.purchase({ card: number, ...tobacco }),
        await till.quote({ card: number, ...tobacco }),
      ]) {
        expectProblem(answer, 409, code);
      }
    }
    expectProblem(await till.purchase({ card, redeem: '900.00', sum: '900.00' }), 409, 'insufficient_points');
  });
});

describe('while the first call with a key still runs', () => {
  it('the second waits, then is told to come back', async () => {
    const number = await app.world.sellCard(till);
    const body = till.purchaseBody({ card: number });
    // The card's account is locked from outside, so the first call cannot end.
    const [account] = await app.database.query<{ account_id: string }>(
      'select account_id from card where number = $1',
      [number],
    );
    await holding(app.database.url, 'select from account where id = $1 for update', [account!.account_id], async () => {
      const first = till.post('/purchases', body, { key: 'slow' });
      await eventually(async () => {
        const waiting = await app.database.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(waiting).toHaveLength(1);
      });
      const second = await till.post('/purchases', body, { key: 'slow' });
      expectProblem(second, 409, 'idempotency_in_progress');
      expect(Number(second.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect([201, 503]).toContain((await first).status);
    });
    expect((await till.post('/purchases', body, { key: 'slow' })).status).toBe(201);
    expect((await till.card(number)).body.balance.available).toBe('10.00');
  }, 30_000);
});
