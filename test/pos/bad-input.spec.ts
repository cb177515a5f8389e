import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import { TestApp } from '../support/app.js';
import { moneyState } from '../support/money-state.js';
import type { Pos } from '../support/pos.js';
import { expectFields, expectProblem, expectProblemShape } from '../support/problem.js';
import { fullPurchase, rawCall, type RawCall, withField } from '../support/valid-purchase.js';

const NOT_TEXT: unknown[] = [null, 1, 0, -1, 1.5, true, false, [], ['x'], {}, { toString: 'x' }];
const NOT_MONEY: unknown[] = [
  ...[1, 0, 1250.5, -1, 1e21, true, [], ['1.00'], {}, { sum: '1.00' }, 'max', 'null', '1\u0000', '1.00\ud800'],
  ...'-1 -0.01 -0 +1 1,50 1. .5 0.001 1e3 1E3 NaN Infinity 0x10 007 １２ １.００ ٣ 1e309'.split(' '),
  ...['', ' ', '1 000.00', ' 1.00', '1.00 ', '1.00\n', '\u00001'],
  ...['9007199254740992', '9007199254740993', '10000000.00', '9'.repeat(400), '1'.repeat(100_000)],
];
const NOT_A_LINE_OF_TEXT = ['', 'a\u0000b', '\ud800', 'x\udc00', 'two\nlines', 'a\tb', '\u001b[2J', '\u0085'];
const NOT_A_MOMENT = [
  ...['', 'now', '15.06.2026 12:00', '2026-06-15T12:00:00Z\u0000', '２０２６-06-15T12:00:00Z', '1781514000'],
  ...'2026-06-15 2026-06-15T12:00:00 2026-02-30T12:00:00Z 2026-13-01T12:00:00Z 2026-06-15T25:00:00Z'.split(' '),
  ...'2026-06-15T12:00:00+99:99 0000-00-00T00:00:00Z +275760-09-13T00:00:00Z 2026-W25-1T12:00:00Z'.split(' '),
];

/** Each field of a purchase and what must not pass there. */
const FIELDS: [path: string, values: unknown[]][] = [
  ['card', [undefined, ...NOT_TEXT, ...NOT_A_LINE_OF_TEXT, '1'.repeat(257)]],
  ['receipt', [undefined, null, 1, 'x', [], [{}], true]],
  ['receipt.number', [undefined, ...NOT_TEXT, ...NOT_A_LINE_OF_TEXT, 'x'.repeat(65)]],
  ['receipt.at', [undefined, ...NOT_TEXT, ...NOT_A_MOMENT]],
  ['lines', [undefined, null, 1, 'x', {}, { length: 1 }, [], true]],
  [
    'lines[1].category',
    [undefined, ...NOT_TEXT, ...NOT_A_LINE_OF_TEXT, 'Fuel', 'ＦＵＥＬ', 'petrol', '__proto__', 'x'.repeat(65)],
  ],
  ['lines[1].sum', [undefined, null, ...NOT_MONEY]],
  ['lines[0].price', NOT_MONEY],
  ['lines[0].quantity', NOT_MONEY.filter((value) => value !== '0.001')],
  ['lines[0].quantity', ['0.0001', '41.9050']],
  ['lines[1].sku', [...NOT_TEXT.slice(1), ...NOT_A_LINE_OF_TEXT, 'x'.repeat(65)]],
  ['lines[1].name', [...NOT_TEXT.slice(1), ...NOT_A_LINE_OF_TEXT, 'x'.repeat(257)]],
  ['redeem', [...NOT_MONEY.filter((value) => value !== 'max' && !isBigMoney(value)), 'MAX', 'Max', 'all', ['max']]],
  ['hold', ['true', 'false', 0, 1, [], {}, '']],
  ['proof', [...NOT_TEXT.slice(1), ...NOT_A_LINE_OF_TEXT, 'x'.repeat(257)]],
  ['cashier', [...NOT_TEXT.slice(1), ...NOT_A_LINE_OF_TEXT, 'x'.repeat(65)]],
];

/** Well-formed points, more than anyone has: a matter of the balance. */
function isBigMoney(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,15}(\.\d\d)?$/.test(value) && value.length > 3;
}

let app: TestApp;
let till: Pos;
let card: string;

beforeAll(async () => {
  app = await TestApp.start({ env: { POS_RATE: '100000', POS_BURST: '100000' } });
  till = await app.world.openTill();
  card = (await app.world.activeCard(till)).number;
  await till.purchase({ card, sum: '10000.00' });
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

/** Does it, and fails unless every row of the money tables is as before. */
async function changingNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = await moneyState(app.database);
  const result = await work();
  expect(await moneyState(app.database)).toEqual(before);
  return result;
}

/** The same where the refusal itself is kept under its key, as a 404 is. */
async function movingNothing<T>(work: () => Promise<T>): Promise<T> {
  const { idempotency_key: _kept, ...before } = await moneyState(app.database);
  const result = await work();
  expect(await moneyState(app.database)).toMatchObject(before);
  return result;
}

const call = (raw: RawCall): Promise<Response> => rawCall(app, till.terminalKey, raw);
const post = (path: string, body: unknown): Promise<Response> =>
  call({ path: `/api/pos/v1${path}`, body: typeof body === 'string' ? body : JSON.stringify(body) });
const valid = (): Record<string, unknown> => fullPurchase(card, app.clock.now());

describe('a purchase with one bad field', () => {
  it('is right before it is spoiled', async () => {
    expect((await post('/purchases/quote', valid())).status).toBe(200);
    expect((await post('/purchases', valid())).status).toBe(201);
  });

  it.each(FIELDS)('is refused at %s', async (path, values) => {
    await changingNothing(async () => {
      for (const value of values) {
        const body = withField(valid(), path, value);
        for (const address of ['/purchases', '/purchases/quote']) {
          const answer = await post(address, body);
          expect({ value, status: answer.status }).toEqual({ value, status: 400 });
          expectFields(answer, [path]);
        }
      }
    });
  });

  it('names all of them at once', async () => {
    const body = {
      card: '',
      receipt: { number: '', at: 'x' },
      lines: [{ category: 'x' }, { category: 'fuel', sum: '-1' }],
    };
    const paths = ['card', 'lines[0].sum', 'lines[1].sum', 'receipt.at', 'receipt.number'];
    const answer = await changingNothing(() => post('/purchases', body));
    expectFields(answer, paths);
    const messages = answer.body.errors.map(({ message }: { message: string }) => message);
    expect(messages).not.toContain('Проверьте это поле');
  });

  it('takes null for a field left out where the field may be', async () => {
    const nulls = ['redeem', 'cashier', 'proof', 'lines[1].sku', 'lines[1].name', 'lines[1].price'];
    const body = nulls.reduce<unknown>((sent, path) => withField(sent, path, null), valid());
    expect((await post('/purchases', body)).status).toBe(201);
  });

  it('takes text in any script, emoji and quotes, and keeps it', async () => {
    const name = `"'<b>&amp;\\ Ёлки 日本 👨‍👩‍👧 ${'ы'.repeat(200)}`;
    const body = withField(withField(valid(), 'lines[1].name', name), 'cashier', '👩'.repeat(64));
    const { status, body: answer } = await post('/purchases', body);
    expect(status).toBe(201);
    const [kept] = await app.database.query('select name from purchase_line where purchase_id = $1 and index = 1', [
      answer.id,
    ]);
    expect(kept).toEqual({ name });
  });
});

describe('sums that do not add up', () => {
  const priced = (sum: string, price: string, quantity: string): unknown => ({
    ...valid(),
    lines: [{ category: 'fuel', sum, price, quantity }],
  });

  it.each([
    ['the very sum', '2200.01', '52.50', '41.905'],
    ['a kopeck less', '2199.02', '52.50', '41.886'],
    ['a kopeck more', '100.01', '10.00', '10'],
    ['exactly a kopeck less', '99.99', '10.00', '10.000'],
    ['nothing for nothing', '0.00', '0.00', '0'],
    ['a kopeck for nothing', '0.01', '0.00', '5'],
  ])('pass: %s', async (_title, sum, price, quantity) => {
    expect((await post('/purchases', priced(sum, price, quantity))).status).toBe(201);
  });

  it.each([
    ['two kopecks more', '100.02', '10.00', '10'],
    ['two kopecks less', '99.98', '10.00', '10'],
    ['a thousandth of a kopeck over one', '100.10', '10.01', '10.001'],
    ['a ruble', '101.00', '10.00', '10'],
    ['all of it', '0.00', '9999999.99', '9999999.999'],
  ])('do not: %s', async (_title, sum, price, quantity) => {
    const answer = await changingNothing(() => post('/purchases', priced(sum, price, quantity)));
    expectFields(answer, ['lines[0].sum']);
  });

  it('need price and quantity together', async () => {
    for (const [alone, missing] of [
      ['price', 'quantity'],
      ['quantity', 'price'],
    ] as const) {
      const body = { ...valid(), lines: [{ category: 'fuel', sum: '10.00', [alone]: '1' }] };
      expectFields(await changingNothing(() => post('/purchases', body)), [`lines[0].${missing}`]);
    }
  });
});

describe('the time of a receipt', () => {
  const at = (offsetMs: number): unknown => {
    const moment = new Date(app.clock.now().getTime() + offsetMs).toISOString();
    return withField(valid(), 'receipt.at', moment);
  };
  const DAY = 86_400_000;

  it.each([
    ['7 days behind', -7 * DAY, false],
    ['now', 0, false],
    ['a millisecond ahead', 1, true],
    ['48 hours ahead', 2 * DAY, true],
  ])('may be %s', async (_title, offset, flagged) => {
    const { status, body } = await post('/purchases', at(offset));
    expect(status).toBe(201);
    const [row] = await app.database.query<{ flagged: boolean; occurred_at: Date }>(
      'select flagged, occurred_at from purchase where id = $1',
      [body.id],
    );
    const counted = new Date(app.clock.now().getTime() + Math.min(offset, 0));
    expect(row).toEqual({ flagged, occurred_at: counted });
  });

  it.each([
    ['7 days and a millisecond behind', -7 * DAY - 1],
    ['48 hours and a millisecond ahead', 2 * DAY + 1],
    ['a year behind', -365 * DAY],
  ])('may not be %s', async (_title, offset) => {
    expectFields(await changingNothing(() => post('/purchases', at(offset))), ['receipt.at']);
    expectFields(await post('/purchases/quote', at(offset)), ['receipt.at']);
  });

  it('is a moment whatever its zone is called', async () => {
    const receipt = { number: 'zone', at: '2026-06-15T12:00:00+03:00' };
    const first = await post('/purchases', { ...valid(), receipt });
    const again = await post('/purchases', {
      ...valid(),
      receipt: { ...receipt, at: '2026-06-15T18:00:00.000+09:00' },
    });
    expectProblem(again, 409, 'receipt_already_registered');
    expect(again.body.id).toBe(first.body.id);
  });
});

describe('a body', () => {
  const lines = (count: number): unknown => ({
    ...valid(),
    lines: Array.from({ length: count }, () => ({ category: 'goods', sum: '0.01' })),
  });

  it('may have 1,000 lines and not one more', async () => {
    const answer = await post('/purchases', lines(1000));
    expect([answer.status, answer.body.earned, answer.body.lines.length]).toEqual([201, '0.10', 1000]);
    for (const count of [1001, 10_000]) {
      expectFields(await changingNothing(() => post('/purchases', lines(count))), ['lines']);
    }
  });

  it('costs little where it holds masses of nonsense', async () => {
    for (const nonsense of [
      `{"lines":[${'{},'.repeat(300_000)}{}]}`,
      `{"lines":[${'[],'.repeat(300_000)}[]]}`,
      `{${Array.from({ length: 60_000 }, (_, index) => `"f${index}":1`).join(',')}}`,
      `{"receipt":{${Array.from({ length: 60_000 }, (_, index) => `"f${index}":1`).join(',')}}}`,
    ]) {
      const started = performance.now();
      const answer = await changingNothing(() => post('/purchases', nonsense));
      expectProblem(answer, 400, 'invalid_request');
      expect(answer.text.length).toBeLessThan(100_000);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  it.each([
    ['2 MB', (): RawCall['body'] => JSON.stringify({ ...valid(), padding: 'x'.repeat(2_000_000) })],
    ['2 MB with no end', (): RawCall['body'] => `{"lines":[${'1,'.repeat(1_000_000)}`],
  ])('of %s is too large', async (_title, body) => {
    for (const path of ['/api/pos/v1/purchases', '/api/pos/v1/purchases/quote', `/api/pos/v1/cards/${card}/sale`]) {
      expectProblem(await changingNothing(() => call({ path, body: body() })), 413, 'payload_too_large');
    }
  });

  it('may be compressed, but not to hide its size', async () => {
    const gzip = { 'Content-Encoding': 'gzip' };
    const path = '/api/pos/v1/purchases';
    const small = await call({ path, body: gzipSync(JSON.stringify(valid())), headers: gzip });
    expect(small.status).toBe(201);
    const bomb = gzipSync(Buffer.alloc(50_000_000, '['));
    expectProblem(await call({ path, body: bomb, headers: gzip }), 413, 'payload_too_large');
    const broken = await call({ path, body: Buffer.from('no gzip'), headers: gzip });
    expectProblem(broken, 400, 'invalid_request');
    const unknown = await call({ path, body: 'x', headers: { 'Content-Encoding': 'zip' } });
    expectProblem(unknown, 415, 'unsupported_media_type');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
    '',
  ])('of type “%s” is not JSON', async (type) => {
    const path = '/api/pos/v1/purchases';
    const answer = await changingNothing(() => call({ path, body: JSON.stringify(valid()), type }));
    expectProblem(answer, 415, 'unsupported_media_type');
  });

  it('in another encoding is not JSON in UTF-8', async () => {
    const path = '/api/pos/v1/purchases';
    const text = JSON.stringify({ ...valid(), cashier: 'Ирина' });
    for (const [charset, body] of [
      ['windows-1251', Buffer.from(text)],
      ['latin1', Buffer.from(text, 'latin1')],
      ['utf-16le', Buffer.from(text, 'utf16le')],
      ['utf-7', Buffer.from(text)],
    ] as const) {
      const answer = await changingNothing(() => call({ path, body, type: `application/json; charset=${charset}` }));
      expectProblem(answer, 415, 'unsupported_media_type');
    }
    const torn = Buffer.from(text).subarray(0, -3);
    expectProblem(await changingNothing(() => call({ path, body: torn })), 400, 'invalid_request');
    const bytes = Buffer.from(text.replace('Ирина', 'Ann'), 'latin1');
    bytes[bytes.indexOf('Ann')] = 0xff;
    expectProblem(await changingNothing(() => call({ path, body: bytes })), 400, 'invalid_request');
  });

  it.each([
    ...['', '{', '{"card":}', "{'card':'1'}", '{"card":"1",}', '[1', 'nul', 'undefined', '\u0000', '"', '{"a":1}}'],
    ...['\ufeff', '<xml/>', '{"sum": NaN}', '{"sum": 0x10}', '{"sum": 01}', '{"sum": 1e}', '{"a":"\n"}', '{"a":"\\x"}'],
    ...['null', 'true', '1', '"text"', '[]', '[{}]', '1e999', '{}'],
  ])('%j is refused', async (body) => {
    for (const path of ['/purchases', '/purchases/quote']) {
      expectProblem(await changingNothing(() => post(path, body)), 400, 'invalid_request');
    }
  });

  it.each([21, 1000, 100_000])('nested %i deep is refused', async (depth) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = `${open.repeat(depth)}1${close.repeat(depth)}`;
      const body = JSON.stringify(valid()).replace(/}$/, `,"extra":${nested}}`);
      for (const path of ['/purchases', '/purchases/quote', `/cards/${card}/sale`]) {
        expectProblem(await changingNothing(() => post(path, body)), 400, 'invalid_request');
      }
    }
  });

  it('cannot reach the prototype of anything', async () => {
    const evil = '{"polluted":"yes","sum":"1.00","category":"fuel","hold":true,"redeem":"max"}';
    for (const extra of [
      `"__proto__":${evil}`,
      `"constructor":{"prototype":${evil}}`,
      '"toString":"x","hasOwnProperty":1,"valueOf":null,"then":1',
    ]) {
      const answer = await post('/purchases', JSON.stringify(valid()).replace(/}$/, `,${extra}}`));
      expect([answer.status, answer.body.redeemed]).toEqual([201, '0.00']);
    }
    const called = JSON.stringify({ ...valid(), proof: { constructor: 1 } });
    expectFields(await changingNothing(() => post('/purchases', called)), ['proof.constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const inherited = `{"card":"${card}","receipt":{"number":"1","at":"${app.clock.now().toISOString()}"},"lines":[{"__proto__":${evil}}]}`;
    expectFields(await changingNothing(() => post('/purchases', inherited)), ['lines[0].category', 'lines[0].sum']);
  });

  it('with a key twice counts as its last one', async () => {
    const twice = JSON.stringify(valid()).replace('"sum":"249.00"', '"sum":"249.00","sum":"-1.00"');
    expectFields(await changingNothing(() => post('/purchases', twice)), ['lines[1].sum']);
  });

  it.each([
    ['lines[0]', null],
    ['lines[1]', 'fuel'],
    ['lines[1]', []],
    ['lines[0]', 7],
  ])('with %s = %j names it', async (path, value) => {
    expectFields(await changingNothing(() => post('/purchases', withField(valid(), path, value))), [path]);
  });
});

describe('selling', () => {
  it.each([['cashier', [1, true, [], {}, '', 'x'.repeat(65), 'a\u0000', '\ud800']]])(
    'is refused with a bad %s',
    async (path, values) => {
      const [number = ''] = await app.world.printCards();
      await changingNothing(async () => {
        for (const value of values) expectFields(await post(`/cards/${number}/sale`, { [path]: value }), [path]);
        for (const body of ['[]', 'null', '"x"', '1']) {
          expectProblem(await post(`/cards/${number}/sale`, body), 400, 'invalid_request');
        }
      });
      expect((await post(`/cards/${number}/sale`, { cashier: 'Ирина' })).status).toBe(201);
    },
  );
});

describe('what stands in an address', () => {
  const ODD = [
    ...[
      '%00',
      '1%00',
      '%0a',
      '%20',
      '%2e%2e',
      '%27%20or%201=1--',
      '299000000000',
      '29900000000000',
      '２９９００００００００００',
    ],
    ...[
      '%F0%9F%98%80',
      '-1',
      '0',
      '1e3',
      'null',
      'undefined',
      '__proto__',
      '%7B%7B7*7%7D%7D',
      'x'.repeat(4000),
      '%ff',
      '%',
    ],
  ];

  it.each(ODD)('is no card: %s', async (number) => {
    const stranger = await app.world.openTill();
    await movingNothing(async () => {
      for (const raw of [
        { method: 'get', path: `/api/pos/v1/cards/${number}` },
        { path: `/api/pos/v1/cards/${number}/sale` },
      ] as const) {
        const answer = await rawCall(app, stranger.terminalKey, raw);
        expect({ number, code: answer.body.code }).toEqual({
          number,
          code: expect.stringMatching(/^(card_not_found|invalid_request)$/),
        });
        expectProblemShape(answer);
      }
    });
  });

  it.each(ODD)('is no purchase: %s', async (id) => {
    const answer = await call({ method: 'get', path: `/api/pos/v1/purchases/${id}` });
    expect(answer.body.code).toMatch(/^(purchase_not_found|invalid_request)$/);
    expectProblemShape(answer);
  });

  it.each([
    ['get', '/api'],
    ['get', '/api/'],
    ['get', '/api/pos'],
    ['get', '/api/pos/v1'],
    ['get', '/api/pos/v2/cards/1'],
    ['get', '/api/pos/v1/purchases'],
    ['get', '/api/pos/v1/nothing'],
    ['post', '/api/pos/v1/cards'],
    ['put', '/api/pos/v1/purchases'],
    ['patch', '/api/pos/v1/purchases'],
    ['delete', '/api/pos/v1/cards/1'],
    ['get', '/api/%'],
    ['get', '/api/%00'],
    ['get', '/api/..%2f..%2fetc%2fpasswd'],
  ] as const)('is nothing: %s %s', async (method, path) => {
    const answer = await call({ method, path });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.code).toMatch(/^(not_found|invalid_request)$/);
    expectProblemShape(answer);
  });
});
