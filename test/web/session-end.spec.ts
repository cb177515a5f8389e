import type { Page } from 'playwright-core';
import { customerWithPassword, PASSWORD } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { expectAccessible, useBrowser } from '../support/browser.js';

const app = useApp();
const browser = useBrowser();

const PROFILE = '/cabinet/profile';
const almostOver = (14 * 60 + 10) * 1000;

async function logIn(page: Page, phone: string): Promise<void> {
  await page.fill('[name=phone]', phone);
  await page.fill('[name=password]', PASSWORD);
  await page.click('form[action="/session"] button:not([formaction], [type=button])');
  await page.waitForURL(/\/cabinet/);
}

async function openProfile(): Promise<{ page: Page; phone: string }> {
  const { phone } = await customerWithPassword(app);
  const page = await browser.open({ baseUrl: app.url });
  await page.clock.install();
  await page.goto(`/session/new?back=${PROFILE}`);
  await logIn(page, phone);
  return { page, phone };
}

const dialog = (page: Page) => page.locator('dialog[open]');

it('is announced a minute before, and whoever stays in one tab stays in all', async () => {
  const { page } = await openProfile();
  const other = await page.context().newPage();
  await other.goto('/cabinet');
  // Both tabs live by the same clock.
  await page.clock.fastForward(almostOver);
  await dialog(page).waitFor();
  await dialog(other).waitFor();
  expect(await page.locator('[data-countdown]').textContent()).toMatch(/^0:[0-5]\d$/);
  expect(await page.locator('[data-stay]:focus').count()).toBe(1);
  await expectAccessible(page);
  await page.click('[data-stay]');
  await dialog(page).waitFor({ state: 'hidden' });
  await dialog(other).waitFor({ state: 'hidden' });
});

it('loses nothing that was typed', async () => {
  const { page, phone } = await openProfile();
  await page.fill('[name=surname]', 'Черновикова');
  app.clock.advance({ minutes: 16 });
  await page.clock.fastForward(16 * 60 * 1000);
  await page.waitForURL(/\/session\/new\?ended=1/);
  await logIn(page, phone);
  expect(await page.inputValue('[name=surname]')).toBe('Черновикова');
  expect(await page.locator('form [role=status]').first().textContent()).toContain('Мы сохранили');
  await page.reload();
  expect(await page.inputValue('[name=surname]')).not.toBe('Черновикова');
});
