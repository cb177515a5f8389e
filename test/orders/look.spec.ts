import type { Page } from 'playwright-core';
import { axeFindings, screenshot, useBrowser } from '../support/browser.js';

const browser = useBrowser();
const baseUrl = 'http://127.0.0.1:4326';
const found: string[] = [];

async function look(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  const axe = await axeFindings(page);
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, window.innerWidth]',
  );
  if (axe.length || content > screen) found.push(`${name}: ${axe.join('; ')} ${content}/${screen}`);
}

const LOOKS = [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const;

describe('looks', () => {
  it.each(LOOKS)(
    '%s %s',
    async (width, theme) => {
      const tag = `${width}-${theme}`;
      const desk = await browser.open({ baseUrl, width, theme });
      await desk.goto('/admin/session/new');
      await desk.fill('[name=email]', 'operator@smartcard.example');
      await desk.fill('[name=password]', process.env.OP!);
      await desk.press('[name=password]', 'Enter');
      await desk.waitForTimeout(1500);
      if (!/admin$/.test(desk.url())) throw new Error(desk.url() + (await desk.innerText('body')).slice(0, 600));
      await desk.goto('/admin/orders');
      await look(desk, `list-${tag}`);
      await desk.goto('/admin/orders/new?phone=%2B79210001201');
      await look(desk, `new-${tag}`);
      await desk.evaluate(
        `document.querySelectorAll('form[action="/admin/orders/new"][method=post] [required]').forEach(e=>e.required=false)`,
      );
      await desk.fill('form[method=post] [name=phone]', '12');
      await desk.check('form[method=post] [name=foreignCitizen]');
      await desk.click('form[method=post][action="/admin/orders/new"] button');
      await desk.waitForSelector('[data-problems]');
      await look(desk, `new-wrong-${tag}`);
      await desk.goto('/admin/orders?state=handed_over');
      await desk.click('a[data-row]');
      await desk.waitForURL(/orders\/0/);
      await desk.click('details.confirm summary');
      await look(desk, `late-${tag}`);
      await desk.goto('/admin/orders?state=in_delivery');
      await desk.click('a[data-row]');
      await desk.waitForURL(/orders\/0/);
      await look(desk, `deliver-${tag}`);
      await desk.goto(`${desk.url().split('#')[0]}/edit`);
      await look(desk, `edit-${tag}`);
      const person = await browser.open({ baseUrl, width, theme, javaScript: true });
      await person.goto('/session/new');
      await person.fill('[name=phone]', '+7 921 000-12-01');
      await person.fill('[name=password]', process.env.CU!);
      await person.press('[name=password]', 'Enter');
      await person.waitForURL(/cabinet/);
      await person.goto('/cabinet/lines');
      await look(person, `lines-${tag}`);
      await person.goto('/cabinet/orders/new');
      await look(person, `more-${tag}`);
      await person.goto('/cabinet/orders/new?device=watch');
      await person.check('[name=who][value=other]', { force: true });
      await person.evaluate(`document.querySelectorAll('[required]').forEach(e=>e.required=false)`);
      await person.click('form.order-form button');
      await person.waitForSelector('[data-problems]');
      await look(person, `more-wrong-${tag}`);
      await person.goto('/cabinet/orders');
      await look(person, `own-${tag}`);
      await person.click('.links a');
      await person.waitForURL(/orders\/0/);
      await look(person, `own-one-${tag}`);
      await person.goto('/tariffs');
      await person.goto((await person.getAttribute('.tariffs a[href^="/tariffs/"]', 'href')) ?? '/tariffs');
      await look(person, `tariff-${tag}`);
    },
    120000,
  );
  afterAll(() => console.log(found.join('\n')));
});
