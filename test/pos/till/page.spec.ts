import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { useApp } from '../../support/app.js';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  type PageOptions,
  screenshot,
  useBrowser,
} from '../../support/browser.js';
import { filmBarcode } from './film.js';
import { PIN, tablet, type TillDevice } from './till-device.js';

const folder = mkdtempSync(join(tmpdir(), 'smartcard-film-'));
const film = join(folder, 'card.y4m');
afterAll(() => rmSync(folder, { recursive: true }));

const app = useApp();
const browser = useBrowser([
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]);

let device: TillDevice;
let card: string;

beforeAll(async () => {
  device = await (await tablet(app)).open();
  card = (await app.world.activeCard(device.till)).number;
  filmBarcode(film, card);
});

async function openTill(options: PageOptions = {}, at = device, cashier = 'Ольга К.'): Promise<Page> {
  const page = await browser.open({ baseUrl: app.url, width: 800, ...options });
  await page.context().addCookies(at.visitor.cookies());
  await page.goto('/till');
  await page.getByText(cashier).waitFor();
  return page;
}

async function ring(page: Page, number: string, sum: string): Promise<void> {
  await page.getByLabel('Карта или телефон').last().fill(number);
  await page.keyboard.press('Enter');
  await page.locator('[data-found]').waitFor();
  await page.getByLabel('Топливо').fill(sum);
  await page.keyboard.press('Enter');
}

const balance = async () => (await device.get(`cards/${card}`)).body.balance.available as string;
const purchases = () => app.database.query<{ receipt_number: string }>('select receipt_number from purchase');

it('scans a card, quotes, spends and shows the slip', async () => {
  const page = await openTill();
  await page.getByRole('button', { name: 'Сканировать' }).click();
  await page.getByText('Ирина П.').waitFor();
  await page.getByLabel('Топливо').click();
  for (const key of ['2', '0', '0', '0', '0']) await page.getByRole('button', { name: key, exact: true }).click();
  await page.getByRole('button', { name: 'Рассчитать' }).click();
  await page.getByText('К оплате 20 000,00 ₽, начислим 200,00 баллов').waitFor();
  await screenshot(page, 'till-quote');
  await page.getByRole('button', { name: 'Провести чек · 20 000,00 ₽' }).click();
  await page.getByText('Чек проведён').waitFor();
  expect(await page.locator('[data-slip]').innerText()).toMatch(
    /К оплате\s+20 000,00\n.*Карта[^]*Начислено баллов\s+200,00/,
  );
  await page.getByRole('button', { name: 'Следующий покупатель' }).click();

  await ring(page, card, '300');
  await page.getByText('Сколько можно').click();
  await page.getByRole('button', { name: 'Рассчитать' }).click();
  await page.getByText('К оплате 100,00 ₽, спишем 200,00 баллов, начислим 1,00 балл').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: /Провести чек/ }).click();
  await page.getByText('Чек проведён').waitFor();
  await expectAccessible(page);
  await screenshot(page, 'till-result');
  expect(await balance()).toBe('1.00');
}, 60_000);

it('sells a card', async () => {
  const [number = ''] = await app.world.printCards();
  const page = await openTill({ width: 390 });
  await page.getByLabel('Карта или телефон').last().fill(number);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Продать карту · 100,00 ₽' }).click();
  await page.getByText(/продана. Возьмите 100,00/).waitFor();
  await expectNoSidewaysScroll(page);
}, 60_000);

it('keeps receipts while the line is down, through a reload, and registers each once', async () => {
  const page = await openTill({ theme: 'dark', mayLoseLine: true });
  await page.waitForFunction(`caches.match('/till').then(Boolean)`);
  await page.waitForFunction('navigator.serviceWorker.ready.then((ready) => ready.active.state === "activated")');
  const [before, points] = [(await purchases()).length, Number(await balance())];
  await page.context().setOffline(true);
  for (const sum of ['100', '200', '300']) {
    await ring(page, card, sum);
    await page.getByRole('button', { name: /Сохранить чек/ }).click();
    await page.getByText('Чек сохранён и ждёт связи').waitFor();
    await page.getByRole('button', { name: 'Следующий покупатель' }).click();
  }
  await page.getByText('Нет связи · 3 чека ждут связи').waitFor();
  await ring(page, card, '50');
  await page.getByText('Сколько можно').click();
  await page.getByRole('button', { name: 'Рассчитать' }).click();
  await page.getByText(/Списать баллы можно только на связи/).waitFor();
  await screenshot(page, 'till-offline');
  await expectAccessible(page);

  await page.reload();
  await page.getByText('Нет связи · 3 чека ждут связи').waitFor();
  expect((await purchases()).length).toBe(before);
  await page.context().setOffline(false);
  await page.getByText('На связи', { exact: true }).waitFor();
  await expect(page.locator('.till__item--done').count()).resolves.toBe(3);
  await page.reload();
  await page.getByText('На связи', { exact: true }).waitFor();
  const numbers = (await purchases()).map(({ receipt_number }) => receipt_number);
  expect(numbers.length).toBe(before + 3);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Number(await balance())).toBe(points + 6);
}, 90_000);

it('says in the page’s own language why a call was refused', async () => {
  const page = await openTill();
  await page.context().addCookies([{ name: 'lang', value: 'en', url: app.url }]);
  await page.reload();
  const spent = (await app.world.activeCard(device.till)).number;
  await page.getByLabel('Card or phone').last().fill(spent);
  await page.keyboard.press('Enter');
  await page.locator('[data-found]').waitFor();
  await page.getByLabel('Fuel').fill('500');
  await page.getByText('Own amount').click();
  await page.getByLabel('How many points to spend').fill('400');
  await page.getByRole('button', { name: 'Calculate' }).click();
  const problem = page.locator('[data-problem]');
  await problem.waitFor();
  expect(await problem.innerText()).toMatch(/^[\x20-\x7e’“”]+$/);
}, 60_000);

it('keeps what waits when a customer logs out in the same browser, and shows it once the device is taken off', async () => {
  const own = await (await tablet(app, 'Пётр С.')).open();
  const page = await openTill({ width: 390, mayLoseLine: true }, own, 'Пётр С.');
  const down = (route: { abort(): Promise<void> }): Promise<void> => route.abort();
  await page.context().route('**/till/api/**', down);
  await ring(page, card, '700');
  await page.getByRole('button', { name: /Сохранить чек/ }).click();
  await page.getByText('Чек сохранён и ждёт связи').waitFor();

  const buyer = await app.world.activeCard(own.till);
  const customer = await app.signInCustomer({ phone: buyer.phone });
  await page.context().addCookies(customer.cookies());
  await page.goto('/cabinet/profile');
  await page.getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/cabinet'));
  expect(await page.evaluate(`JSON.parse(localStorage.getItem('till.queue')).length`)).toBe(1);

  const clerk = await app.signInStaff(await app.world.hire('manager'));
  await clerk.submit(`/admin/stations/${own.stationId}`, {}, /\/devices\/.*\/revocation$/);
  await page.context().unroute('**/till/api/**', down);
  await page.goto('/till');
  await page.getByText('На этом устройстве остались чеки').waitFor();
  const list = page.locator('[data-unsent] [data-items]');
  expect(await list.innerText()).toMatch(/Чек W\d+-1, 700,00\s₽/);
  expect(await list.innerText()).toContain(`карта ··· ${card.slice(-4)}`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await screenshot(page, 'till-unsent');

  // The same till again: the receipt goes by itself.
  const before = Number(await balance());
  await page.getByLabel('Ключ кассы').fill(own.till.terminalKey);
  await page.getByLabel('Как назвать это устройство').fill('Планшет');
  await page.getByRole('button', { name: 'Подключить устройство' }).click();
  await page.getByText('Они ждут отправки').waitFor();
  await page.getByLabel('PIN-код').fill(PIN);
  await page.getByRole('button', { name: 'Начать работу' }).click();
  await page.locator('.till__item--done').waitFor();
  expect(Number(await balance())).toBe(before + 7);
}, 90_000);
