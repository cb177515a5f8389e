import { get, type IncomingMessage } from 'node:http';
import { useApp } from '../support/app.js';
import { useBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Visitor } from '../support/visitor.js';
import { buy } from './shopping.js';

const app = useApp();
const browser = useBrowser();

const LIVE = '/cabinet/cards/live';

interface Stream {
  answer: IncomingMessage;
  events: string[];
  ended: boolean;
  close(): void;
}

const open: Stream[] = [];
afterEach(() => open.splice(0).forEach((stream) => stream.close()));

async function follow(visitor: Visitor): Promise<Stream> {
  const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
  const headers = { cookie: cookie.join('; '), accept: 'text/event-stream' };
  const answer = await new Promise<IncomingMessage>((resolve) => get(app.url + LIVE, { headers }, resolve));
  const stream: Stream = { answer, events: [], ended: false, close: () => answer.destroy() };
  answer.on('error', () => undefined);
  answer.setEncoding('utf8').on('data', (piece: string) => stream.events.push(piece));
  answer.on('end', () => (stream.ended = true));
  open.push(stream);
  return stream;
}

async function owner() {
  const till = await app.world.openTill();
  const card = await app.world.activeCard(till);
  return { till, ...card, visitor: await app.signInCustomer({ phone: card.phone }) };
}

it('appear on the open card within a second of the purchase', async () => {
  const { till, number, visitor } = await owner();
  const shown = await browser.open({ baseUrl: app.url });
  await shown.context().addCookies(visitor.cookies());
  const stream = shown.waitForResponse((answer) => answer.url().endsWith(LIVE));
  await shown.goto('/cabinet/cards');
  expect((await stream).status()).toBe(200);
  await shown.locator('[data-live]').waitFor();
  expect(await shown.textContent('[data-live-points]')).toBe('0');
  await buy(till, { card: number, sum: '1250.00' });
  const bought = performance.now();
  await shown.locator('[data-live-points]', { hasText: '12,50' }).waitFor();
  expect(performance.now() - bought).toBeLessThan(1000);
  await shown.locator('[data-arrived]').waitFor();
  expect(await shown.textContent('[data-arrived]')).toBe('Пришло 12,50 балла');
});

it('take what burns next along: never more than there is', async () => {
  const { till, number, visitor } = await owner();
  await buy(till, { card: number, sum: '1250.00' });
  const shown = await browser.open({ baseUrl: app.url });
  await shown.context().addCookies(visitor.cookies());
  await shown.goto('/cabinet/cards');
  await shown.locator('[data-live]').waitFor();
  const burning = shown.locator('[data-live-burns]');
  expect(await burning.textContent()).toMatch(/^Потратить до 15\sиюня 2027 включительно12,50$/);
  await buy(till, { card: number, sum: '10.00', redeem: '10.00' });
  await shown.locator('[data-live-points]', { hasText: /^2,50$/ }).waitFor();
  expect(await burning.locator('dd').textContent()).toBe('2,50');
  await buy(till, { card: number, sum: '2.50', redeem: '2.50' });
  await shown.locator('[data-live-points]', { hasText: /^0$/ }).waitFor();
  expect(await burning.isVisible()).toBe(false);
  await buy(till, { card: number, sum: '300.00' });
  await burning.waitFor();
  expect(await burning.locator('dd').textContent()).toBe('3');
});

it('are told to their owner alone', async () => {
  const [one, other] = [await owner(), await owner()];
  const [mine, theirs] = [await follow(one.visitor), await follow(other.visitor)];
  await eventually(() =>
    expect([mine, theirs].map(({ events }) => events.join('').includes('points'))).toEqual([true, true]),
  );
  await buy(one.till, { card: one.number, sum: '300.00' });
  await eventually(() => expect(mine.events.join('')).toContain('"points":"3"'));
  expect(theirs.events.join('')).not.toContain('"points":"3"');
  expect((await app.visitor().get(LIVE)).status).toBe(303);
});

it('end with the session, which they never prolong', async () => {
  const { visitor } = await owner();
  const seen = (): Promise<{ at: string }[]> =>
    app.database.query(`select max(sess->>'lastSeenAt') as at from customer_session`);
  const before = await seen();
  app.clock.advance({ minutes: 10 });
  const stream = await follow(visitor);
  expect(stream.answer.statusCode).toBe(200);
  expect(await seen()).toEqual(before);
  app.clock.advance({ minutes: 6 });
  await eventually(() => expect(stream.ended).toBe(true));
  expect(stream.events.join('')).toContain('event: over');
});

it('end when their owner logs out', async () => {
  const { visitor } = await owner();
  const stream = await follow(visitor);
  await visitor.submit('/cabinet/profile', {}, '/session/end');
  await eventually(() => expect(stream.ended).toBe(true));
});

it('come in three streams at most', async () => {
  const { visitor } = await owner();
  const streams = [await follow(visitor), await follow(visitor), await follow(visitor)];
  expect((await follow(visitor)).answer.statusCode).toBe(429);
  streams[0]!.close();
  await eventually(async () => expect((await follow(visitor)).answer.statusCode).toBe(200));
});
