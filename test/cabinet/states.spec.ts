import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../support/browser.js';
import type { Visitor } from '../support/visitor.js';
import { buy } from './shopping.js';

/** Pages in states to which no link of the demo world leads. */
const app = useApp();
const browser = useBrowser();
const SCREENS = [
  { width: 320, theme: 'dark', language: 'en' },
  { width: 390, theme: 'light', language: 'ru' },
] as const;

describe.each(SCREENS)('at $width px, $theme, $language', (screen) => {
  async function open(visitor?: Visitor): Promise<Page> {
    const page = await browser.open({ ...screen, baseUrl: app.url });
    if (visitor) await page.context().addCookies(visitor.cookies());
    await page.goto(`/language/${screen.language}`);
    return page;
  }

  async function expectInOrder(page: Page, name: string): Promise<void> {
    await screenshot(page, `${name}-${screen.width}`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }

  it('activation asks for a proof, then for the code, and says when it is wrong', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    await buy(till, { card, sum: '20000.00' });
    const phone = app.world.newPhone();
    const page = await open();
    await page.goto('/cards/activate');
    await page.fill('#card', card);
    await page.fill('#phone', phone);
    await page.check('#rulesConsent');
    await page.check('#personalDataConsent');
    await page.click('main form .button');
    await page.waitForSelector('details.proof[open]');
    await expectInOrder(page, 'proof');
    await page.fill('#receiptDate', '2026-06-15');
    await page.fill('#receiptSum', '20 000');
    await page.click('main form .button');
    await page.waitForURL(/activate\/[0-9a-f-]{36}$/);
    const code = await app.codeSentTo(phone);
    // Six digits send themselves.
    await page.fill('#code', code === '111111' ? '222222' : '111111');
    await page.waitForSelector('#code[aria-invalid]');
    await expectInOrder(page, 'code');
    await page.fill('#code', code);
    await page.waitForURL('**/cabinet');
    await expectInOrder(page, 'home-activated');
    await page.click('a[href="/cabinet/points"]:visible');
    await page.click('.feed__item:has(.feed__amount--plain)');
    await page.waitForSelector('.passport');
    await expectInOrder(page, 'move');
  });

  it('a customer without operations, or with a card that is blocked or gone', async () => {
    const { number, phone } = await app.world.activeCard(await app.world.openTill());
    const page = await open(await app.signInCustomer({ phone }));
    for (const path of ['', '/points', '/points?kind=spent&from=2026-01-01', '/points/burning']) {
      await page.goto(`/cabinet${path}`);
      await expectInOrder(page, `empty${path.replace(/\W/g, '-')}`);
    }
    for (const state of ['blocked', 'replaced']) {
      await app.database.query('update card set state = $2 where number = $1', [number, state]);
      for (const path of ['', '/cards', `/cards/${number}`]) {
        await page.goto(`/cabinet${path}`);
        await expectInOrder(page, `${state}${path.replace(/\W/g, '-').replace(number, 'one')}`);
      }
    }
  });
});
