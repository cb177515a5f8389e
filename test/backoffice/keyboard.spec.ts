import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { useBrowser } from '../support/browser.js';

const app = useApp();
const browser = useBrowser();

async function openAs(role: 'admin' | 'manager', path: string, javaScript = true): Promise<Page> {
  const visitor = await app.signInStaff(await app.world.hire(role));
  const page = await browser.open({ baseUrl: app.url, width: 1280, javaScript });
  await page.context().addCookies(visitor.cookies());
  await page.goto(path);
  return page;
}

const focused =
  '[document.activeElement.tagName, document.activeElement.getAttribute("href") ?? document.activeElement.name]';

describe('the keyboard in the back office', () => {
  let customers: string[];

  beforeAll(async () => {
    const { till } = await app.world.openStation();
    for (let i = 0; i < 3; i++) await app.world.activeCard(till);
    const rows = await app.database.query<{ id: string }>('select id from customer order by created_at desc, id desc');
    customers = rows.map(({ id }) => `/admin/customers/${id}`);
  });

  it('walks the list and opens a row', async () => {
    const page = await openAs('admin', '/admin/customers');
    await page.keyboard.press('KeyJ');
    expect(await page.evaluate(focused)).toEqual(['A', customers[0]]);
    await page.keyboard.press('KeyJ');
    await page.keyboard.press('KeyJ');
    await page.keyboard.press('KeyJ');
    expect(await page.evaluate(focused)).toEqual(['A', customers[2]]);
    await page.keyboard.press('KeyK');
    expect(await page.evaluate(focused)).toEqual(['A', customers[1]]);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${customers[1]}`);
  });

  it('finds from the search box, in any layout', async () => {
    const page = await openAs('admin', '/admin');
    // The key left of the right Shift types a full stop in the Russian layout.
    await page.evaluate(
      `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '.', code: 'Slash', bubbles: true, cancelable: true }))`,
    );
    expect(await page.evaluate(focused)).toEqual(['INPUT', 'q']);
    const [{ phone }] = (await app.database.query('select phone from login limit 1')) as [{ phone: string }];
    await page.keyboard.type(phone);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/admin/customers/*');
  });

  it('leaves typing alone, and keeps still when switched off', async () => {
    const page = await openAs('admin', '/admin/customers');
    await page.fill('main [name=q]', '');
    await page.locator('main [name=q]').pressSequentially('jk/');
    expect(await page.inputValue('main [name=q]')).toBe('jk/');

    await page.locator('h1').click();
    await page.keyboard.press('Shift+Slash');
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
    await page.getByLabel('Включить клавиши').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.keyboard.press('KeyJ');
    expect(await page.evaluate(focused)).not.toEqual(['A', customers[0]]);
  });
});

describe('a key for a terminal', () => {
  it('is copied with one press, and can be selected without JavaScript', async () => {
    const { stationId, terminalId } = await app.world.openStation();
    const page = await openAs('manager', `/admin/stations/${stationId}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator(`form[action="/admin/stations/terminals/${terminalId}/keys"] button`).click();
    const key = await page.inputValue('#key');
    await page.locator('[data-copy=key]').click();
    await page.getByText('Скопировано').first().waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    expect((await app.pos(key).card('2990000000002')).status).toBe(404);

    const plain = await openAs('manager', `/admin/stations/${stationId}`, false);
    await plain.locator('summary', { hasText: 'Отозвать' }).first().click();
    await plain.getByRole('button', { name: 'Да, отозвать ключ' }).first().click();
    await plain.getByText('Ключ отозван').waitFor();
  });
});

describe('the list of cards for the printer', () => {
  it('is downloaded as often as it is asked for', async () => {
    await app.world.printCards(3);
    const page = await openAs('manager', '/admin/cards');
    await page.locator('a[data-row]').first().click();
    for (let time = 0; time < 2; time++) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Скачать CSV').click()]);
      expect(download.suggestedFilename()).toMatch(/^cards-batch-\d+\.csv$/);
    }
  });
});
