import type { Page } from 'playwright-core';
import request from 'supertest';
import { SpendingDevices } from '../../src/loyalty/spending/spending-devices.service.js';
import { useApp } from '../support/app.js';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  type PageOptions,
  screenshot,
  useBrowser,
} from '../support/browser.js';
import { readEan13, readQr } from '../support/codes.js';
import { eventually } from '../support/eventually.js';
import { readPng } from '../support/png.js';
import type { Pos } from '../support/pos.js';
import { page as pageOf, type Visitor } from '../support/visitor.js';
import { buy, wordsOf } from './shopping.js';

const app = useApp({ env: { REDEEM_STATIC_UP_TO_POINTS: '5' } });
const browser = useBrowser();

interface Owner {
  till: Pos;
  number: string;
  customerId: string;
  phone: string;
  visitor: Visitor;
}

async function owner(): Promise<Owner> {
  const till = await app.world.openTill();
  const card = await app.world.activeCard(till);
  await buy(till, { card: card.number, sum: '2000.00' });
  return { till, ...card, visitor: await app.signInCustomer({ phone: card.phone }) };
}

async function openCard({ visitor }: Owner, options: PageOptions = {}): Promise<Page> {
  const shown = await browser.open({ baseUrl: app.url, ...options });
  await shown.context().addCookies(visitor.cookies());
  await shown.goto('/cabinet/cards');
  return shown;
}

async function enrol(shown: Page): Promise<void> {
  await shown.click('[data-enrol] button');
  await shown.locator('[data-spending-code]').waitFor();
}

/** Until the worker has all that it needs without the network. */
async function keptPage(shown: Page): Promise<void> {
  await eventually(async () => {
    const kept = await shown.evaluate<number>(`caches.open('card').then(async (cache) => (await cache.keys()).length)`);
    expect(kept).toBeGreaterThan(5);
  });
}

async function scanned(shown: Page, part: string): Promise<Buffer> {
  return shown.locator(part).screenshot();
}

describe('rotating codes on the phone', () => {
  const screens = [1, 2, 3].flatMap((scale) => (['light', 'dark'] as const).map((theme) => ({ scale, theme })));

  it.each(screens)('are read off the screen and pay, density $scale, $theme', async (screen) => {
    const person = await owner();
    const shown = await openCard(person, screen);
    await enrol(shown);
    const payload = readQr(readPng(await scanned(shown, '.scan__code')));
    expect(payload).toMatch(new RegExp(`^SC1\\.${person.number}\\.[0-9A-Z]{6}\\.\\d{8}$`));
    const digits = (await shown.textContent('[data-code-digits]'))!.replace(/\s/g, '');
    expect(payload!.endsWith(digits)).toBe(true);
    const paid = await person.till.purchase({ card: payload!, redeem: '6.00' });
    expect(paid.body).toMatchObject({ redeemed: '6.00' });
    await screenshot(shown, `card-${screen.theme}-${screen.scale}`);
    await expectNoSidewaysScroll(shown);
    await expectAccessible(shown);
  });

  it('give way to the next one the moment they have spent, and to a word when that has spent too', async () => {
    const person = await owner();
    const shown = await openCard(person);
    await shown.evaluate('{ const at = Date.now(); Date.now = () => at; }');
    await enrol(shown);
    const payload = async (): Promise<string> => readQr(readPng(await scanned(shown, '.scan__code')))!;
    const first = await payload();
    expect((await person.till.purchase({ card: first, redeem: '3.00' })).status).toBe(201);
    await eventually(async () => expect(await payload()).not.toBe(first));
    expect((await person.till.purchase({ card: await payload(), redeem: '3.00' })).status).toBe(201);
    await shown.locator('[data-code-spent]').waitFor();
    expect(await shown.locator('[data-code-qr]').isVisible()).toBe(false);
    expect(await shown.textContent('[data-code-digits]')).toBe('');
    await expectAccessible(shown);
    await shown.evaluate('{ const at = Date.now() + 120_000; Date.now = () => at; }');
    await shown.locator('[data-code-qr]').waitFor();
    expect(await shown.locator('[data-code-spent]').isVisible()).toBe(false);
  });

  it('change with the minute', async () => {
    const person = await owner();
    const shown = await openCard(person);
    await enrol(shown);
    const before = await shown.textContent('[data-code-digits]');
    await shown.evaluate('{ const now = Date.now; Date.now = () => now() + 60_000; }');
    await eventually(async () => expect(await shown.textContent('[data-code-digits]')).not.toBe(before));
  });

  it('are switched off for a phone by its owner alone, with or without a script', async () => {
    const [person, stranger] = [await owner(), await owner()];
    const devices = app.get(SpendingDevices);
    const { id } = await devices.enrol(person.customerId, 'Chrome, Android');
    const list = await person.visitor.open('/cabinet/cards');
    expect(wordsOf(list)).toContain('Chrome, Android');
    const _csrf = pageOf(await stranger.visitor.open('/cabinet/cards')).querySelector('[data-csrf]')!;
    const token = _csrf.getAttribute('data-csrf');
    const tried = await stranger.visitor.post(`/cabinet/cards/devices/${id}/revoke`, { _csrf: token });
    expect(tried.status).toBe(404);
    const done = await person.visitor.submit(list, {}, `/cabinet/cards/devices/${id}/revoke`);
    expect(wordsOf(await person.visitor.follow(done))).toContain('Телефон отключён');
    expect(await devices.list(person.customerId)).toEqual([]);
  });

  it('need a token and a session', async () => {
    const person = await owner();
    expect((await person.visitor.post('/cabinet/cards/devices', {})).status).toBe(403);
    expect((await app.visitor().post('/cabinet/cards/devices', {})).status).toBe(403);
  });

  it('are refused to a sixth phone, which is told why', async () => {
    const person = await owner();
    for (let phone = 1; phone <= 5; phone++) {
      await app.get(SpendingDevices).enrol(person.customerId, `Телефон ${phone}`);
    }
    const shown = await openCard(person);
    await shown.click('[data-enrol] button');
    await shown.locator('[data-enrol-problem]').waitFor();
    expect(await shown.textContent('[data-enrol-problem]')).toContain('пять телефонов');
  });
});

describe('the card without the network', () => {
  it.each(['light', 'dark'] as const)('is shown with points and codes, %s', async (theme) => {
    const person = await owner();
    const shown = await openCard(person, { theme, scale: 2 });
    await enrol(shown);
    await keptPage(shown);
    await shown.context().setOffline(true);
    for (const path of ['/cabinet/cards', '/cabinet/points', '/card']) {
      await shown.goto(path);
      await shown.locator('.scan__bars').waitFor();
      expect(readEan13(readPng(await scanned(shown, '.scan__bars')))).toBe(person.number);
      expect(readQr(readPng(await scanned(shown, '.scan__qr')))).toBe(person.number);
      expect(await shown.textContent('[data-saved]')).toMatch(/^20 баллов на 15\sиюня, 12:00$/);
    }
    await shown.getByText('Сети нет').waitFor();
    await shown.locator('[data-spending-code]').waitFor();
    const payload = readQr(readPng(await scanned(shown, '.scan__code')))!;
    await screenshot(shown, `offline-${theme}`);
    await expectNoSidewaysScroll(shown);
    await expectAccessible(shown);
    expect((await person.till.purchase({ card: payload, redeem: '6.00' })).status).toBe(201);
  });

  it('stays when the session runs out, also online', async () => {
    const person = await owner();
    const shown = await openCard(person);
    await keptPage(shown);
    await shown.context().clearCookies();
    await shown.goto('/session/new');
    await shown.click('[data-kept-card]');
    await shown.locator('.scan__bars').waitFor();
    await shown.context().setOffline(true);
    await shown.goto('/cabinet/cards');
    await shown.locator('.scan__bars').waitFor();
  });

  it('goes from the device when its owner logs out', async () => {
    const person = await owner();
    const shown = await openCard(person);
    await enrol(shown);
    await shown.goto('/cabinet/profile');
    await shown.click('form[action="/session/end"] button');
    await shown.waitForURL(/\/session\/new/);
    expect(await app.get(SpendingDevices).list(person.customerId)).toEqual([]);
    await shown.goto('/card');
    await shown.locator('[data-without-card]').waitFor();
    expect(await shown.locator('.scan__bars').isVisible()).toBe(false);
    expect(await shown.locator('[data-spending-code]').isVisible()).toBe(false);
  });

  it('is never somebody else’s who used this device before', async () => {
    const [first, second] = [await owner(), await owner()];
    const shown = await openCard(first);
    await enrol(shown);
    await shown.context().clearCookies();
    await shown.context().addCookies(second.visitor.cookies());
    await shown.goto('/cabinet/cards');
    await shown.locator('[data-enrol] button').waitFor();
    await shown.goto('/card');
    await shown.locator('.scan__bars').waitFor();
    expect((await shown.textContent('[data-number]'))!.replace(/\s/g, '')).toBe(second.number);
    expect(await shown.locator('[data-spending-code]').isVisible()).toBe(false);
  });
});

describe('the app', () => {
  it('has the name, colours and icons of the brand', async () => {
    const manifest = await request(app.url).get('/manifest.webmanifest').buffer(true);
    expect(manifest.headers['content-type']).toContain('application/manifest+json');
    const { name, start_url, icons } = JSON.parse(manifest.text ?? String(manifest.body)) as {
      name: string;
      start_url: string;
      icons: { src: string; sizes: string }[];
    };
    expect([name, start_url]).toEqual(['СМАРТ КАРД', '/card']);
    for (const { src, sizes } of icons) {
      const icon = await request(app.url).get(src).buffer(true);
      const picture = readPng(icon.body as Buffer);
      expect(`${picture.width}x${picture.height}`).toBe(sizes);
      const middle = (picture.height / 2) * picture.width + picture.width / 2;
      expect([...picture.rgba.slice(middle * 4, middle * 4 + 4)]).not.toEqual([0, 0, 0, 0]);
    }
  });

  it('tells phones its name, and its colours in the reader’s theme', async () => {
    const { visitor } = await owner();
    const head = pageOf(await visitor.open('/cabinet'));
    expect(head.querySelector('meta[name="apple-mobile-web-app-title"]')?.getAttribute('content')).toBe('СМАРТ КАРД');
    expect(head.querySelectorAll('meta[name="theme-color"]')).toHaveLength(2);
    const icon = await request(app.url).get('/apple-touch-icon.png').buffer(true);
    const { width, height, rgba } = readPng(icon.body as Buffer);
    // iPhones round the corners themselves, and paint what is clear black.
    expect([width, height, rgba[3]]).toEqual([180, 180, 255]);
  });

  it('keeps the screen on while the card shows, and lets it go with the page or after three quiet minutes', async () => {
    const person = await owner();
    const shown = await browser.open({ baseUrl: app.url });
    await shown.context().addCookies(person.visitor.cookies());
    await shown.clock.install();
    await shown.addInitScript(() => {
      const locks = ((globalThis as unknown as { locks: string[] }).locks = []) as string[];
      const request = () => {
        locks.push('on');
        const lock = { released: false, release: () => ((lock.released = true), locks.push('off'), Promise.resolve()) };
        return Promise.resolve(lock);
      };
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
    await shown.goto('/cabinet/cards');
    const locks = () => shown.evaluate<string>('locks.join(" ")');
    await eventually(async () => expect(await locks()).toBe('on'));
    await shown.clock.runFor(170_000);
    await shown.locator('.scan[data-keep-awake]').click();
    await shown.clock.runFor(170_000);
    expect(await locks()).toBe('on');
    await shown.clock.runFor(11_000);
    expect(await locks()).toBe('on off');
    await shown.locator('.scan[data-keep-awake]').click();
    await eventually(async () => expect(await locks()).toBe('on off on'));
    await shown.evaluate('dispatchEvent(new Event("pagehide"))');
    expect(await locks()).toBe('on off on off');
  });

  it('has a worker that is asked for anew each time, and a page that knows nobody', async () => {
    const worker = await request(app.url).get('/sw.js');
    expect([worker.status, worker.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect((await app.visitor().open('/card')).text).not.toMatch(/2990\d{9}|_csrf/);
  });
});
