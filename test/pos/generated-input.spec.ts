import fc from 'fast-check';
import type { Response } from 'supertest';
import { TestApp } from '../support/app.js';
import { moneyState } from '../support/money-state.js';
import type { Pos } from '../support/pos.js';
import { expectProblemShape } from '../support/problem.js';
import { generated } from '../support/seed.js';
import { fullPurchase, rawCall, type RawCall, withField } from '../support/valid-purchase.js';

const RUNS = Number(process.env.INPUT_RUNS ?? 300);

const PATHS = [
  ...['card', 'receipt', 'receipt.number', 'receipt.at', 'lines', 'lines[0]', 'lines[0].category', 'lines[0].sum'],
  ...['lines[0].price', 'lines[0].quantity', 'lines[1].sku', 'lines[1].name', 'redeem', 'hold', 'proof', 'cashier'],
];

const odd = fc.constantFrom<unknown>(
  ...['-1', '0', '0.001', '1e309', '9007199254740993', '1e3', 'NaN', '１２', '\u0000', '\ud800', '\u202e', 'max', ''],
  ...['../../etc/passwd', "'; drop table card; --", '{{7*7}}', '<script>', '%00', '\r\nSet-Cookie: a=b', '0x1F', '-0'],
  ...[-1, 0, 0.001, 1e308, 2 ** 53, 2 ** 53 + 2, null, true, [], {}, { length: 5 }, [[[[]]]], { __proto__: null }],
);
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 4 }))
  .map(([units, places]) => (places === 0 ? `${units}` : `${units / 10n ** BigInt(places)}.${'1'.repeat(places)}`));
const anything = fc.oneof(
  odd,
  decimal,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }),
  fc.date({ noInvalidDate: true }).map((date) => date.toJSON()),
);

let app: TestApp;
let till: Pos;
let card: string;

beforeAll(async () => {
  app = await TestApp.start({ env: { POS_RATE: '100000', POS_BURST: '100000' } });
  card = (await app.world.activeCard(await app.world.openTill())).number;
});
beforeEach(async () => {
  till = await app.world.openTill();
  await till.purchase({ card, sum: '500.00' });
});
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

const call = (raw: RawCall): Promise<Response> => rawCall(app, till.terminalKey, raw);

/** Never a fault of ours; a refusal is a proper one and leaves all money as it was, a success adds up. */
async function expectJudged(raw: RawCall): Promise<void> {
  const { idempotency_key: _kept, ...before } = await moneyState(app.database);
  const answer = await call(raw);
  if (answer.status < 300) {
    if (answer.body.lines) expectSums(answer);
    return;
  }
  expectProblemShape(answer);
  expect(await moneyState(app.database)).toMatchObject(before);
}

/** Whatever was let in: the lines make the whole, to the kopeck and to the hundredth of a point. */
function expectSums({ body }: Response): void {
  const lines = body.lines as { sum: string; discount: string; earned: string }[];
  const total = (name: 'sum' | 'discount' | 'earned'): bigint =>
    lines.reduce((sum, line) => sum + BigInt(line[name].replace('.', '')), 0n);
  const units = (text: string): bigint => BigInt(text.replace('.', ''));
  expect(total('discount')).toBe(units(body.redeemed));
  expect(total('earned')).toBe(units(body.earned));
  expect(total('sum') - total('discount')).toBe(units(body.toPay));
}

describe('generated input', () => {
  it('a purchase with any of its fields replaced by anything', async () => {
    const spoiled = fc.array(fc.tuple(fc.constantFrom(...PATHS), anything), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(spoiled, fc.boolean(), async (changes, quote) => {
        const body = changes.reduce<unknown>(replaced, fullPurchase(card, app.clock.now()));
        const path = `/api/pos/v1/purchases${quote ? '/quote' : ''}`;
        await expectJudged({ path, body: JSON.stringify(body) });
      }),
      generated('purchases with spoiled fields', RUNS),
    );
  }, 120_000);

  it('any JSON and any bytes, at every write', async () => {
    const paths = ['/purchases', '/purchases/quote', `/cards/${card}/sale`, '/batches'];
    const body = fc.oneof(
      fc.json({ maxDepth: 8, stringUnit: 'binary' }),
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, (path, sent) =>
        expectJudged({ path: `/api/pos/v1${path}`, body: sent }),
      ),
      generated('bodies of any kind', RUNS),
    );
  }, 120_000);

  it('any address', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map(percentEncoded),
      fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => [...bytes].map(hex).join('')),
      fc.stringMatching(/^[0-9+ ()-]{1,20}$/).map(percentEncoded),
    );
    const address = fc.tuple(
      fc.constantFrom('cards', 'purchases', 'nothing'),
      part,
      fc.constantFrom('', '/sale', '/x'),
    );
    await fc.assert(
      fc.asyncProperty(address, fc.constantFrom('get' as const, 'post' as const), ([area, name, rest], method) =>
        expectJudged({ method, path: `/api/pos/v1/${area}/${name}${rest}` }),
      ),
      generated('addresses', RUNS),
    );
  }, 120_000);
});

function replaced(body: unknown, [path, value]: [string, unknown]): unknown {
  try {
    return withField(body, path, value);
  } catch {
    // What held the field was replaced before.
    return body;
  }
}

function hex(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`;
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map(hex).join('');
}
