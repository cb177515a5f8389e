import { get, type IncomingMessage } from 'node:http';
import { TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { Pos } from '../support/pos.js';
import { newSecret, type ProductProcess, useProcesses } from '../support/process.js';
import { Visitor } from '../support/visitor.js';

const LIVE = '/cabinet/cards/live';
/** What an operator's service manager waits before it kills. */
const MOST_MS = 30_000;

const processes = useProcesses();
let app: TestApp;
let product: ProductProcess;
let till: Pos;

beforeAll(async () => {
  app = await TestApp.start({ role: 'web' });
  app.clock.set(new Date().toISOString());
  product = await processes.start({ role: 'web', databaseUrl: app.database.url, secret: newSecret() });
  till = new Pos(product.url, (await app.world.openTill()).terminalKey);
}, 120_000);
afterEach(() => app.expectBooksBalance());
afterAll(() => app.close());

interface Stream {
  text: string;
  ended: boolean;
  cut: boolean;
}

interface Reader {
  number: string;
  visitor: Visitor;
}

/** Somebody with a card who is logged in at the process; it delivers no SMS, so the code is still in its row. */
async function reader(): Promise<Reader> {
  const { number, phone } = await app.world.activeCard(till);
  const visitor = new Visitor(product.url);
  const page = await visitor.follow(await visitor.submit('/session/new', { phone }, '/session/code'));
  const [sms] = await app.database.query<{ body: string }>('select body from message where recipient = $1', [phone]);
  const { status } = await visitor.submit(page, { code: /\b\d{6}\b/.exec(sms!.body)![0] });
  expect(status).toBe(303);
  return { number, visitor };
}

async function follow({ visitor }: Reader): Promise<Stream> {
  const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
  const headers = { cookie: cookie.join('; '), accept: 'text/event-stream' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(product.url + LIVE, { headers }, resolve).on('error', reject),
  );
  expect(answer.statusCode).toBe(200);
  const stream: Stream = { text: '', ended: false, cut: false };
  answer.setEncoding('utf8').on('data', (piece: string) => (stream.text += piece));
  answer.on('end', () => (stream.ended = true)).on('error', () => (stream.cut = true));
  await eventually(() => expect(stream.text).toContain('event: points'));
  return stream;
}

it('SIGTERM ends open streams of points and the process, and readers come back to the next one', async () => {
  const readers = [await reader(), await reader()];
  const streams = await Promise.all([...readers, ...readers, ...readers].map(follow));
  // Points arrive while it is told to stop.
  const purchases = readers.map(({ number: card }) => till.purchase({ card, sum: '100.00' }).catch(() => undefined));
  const told = performance.now();
  expect(await product.stop()).toBe(0);
  expect(performance.now() - told).toBeLessThan(MOST_MS);
  await eventually(() =>
    expect(streams.map(({ ended, cut }) => [ended, cut])).toEqual(streams.map(() => [true, false])),
  );
  // Over is a session, not a process: the browser is to come back by itself.
  expect(streams.filter(({ text }) => text.includes('event: over'))).toEqual([]);
  await Promise.all(purchases);

  await product.restart();
  const back = await follow(readers[0]!);
  await till.purchase({ card: readers[0]!.number, sum: '300.00' });
  await eventually(() => expect(back.text.split('event: points')).toHaveLength(3));
  expect(await product.stop()).toBe(0);
  await eventually(() => expect(back.ended).toBe(true));
}, 120_000);
