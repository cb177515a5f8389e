import type { Page } from 'playwright-core';
import { newTariff, TELECOM } from '../orders/ordering.js';
import { openOffice, receive } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../support/browser.js';

const NUMBER = '+79312345679';
const PASSWORD = 'зелёная лодка у причала';
const LONGEST_MS = 120_000;

const app = useApp({ env: TELECOM });
const browser = useBrowser();

/** Presses a button and waits for the page that it leads to. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  await page.waitForLoadState();
}

async function says(page: Page, ...words: (string | RegExp)[]): Promise<void> {
  const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
  for (const word of words) expect(text).toMatch(word instanceof RegExp ? word : new RegExp(escaped(word)));
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Axe is a script itself: without scripts it is only the width that can be looked at. */
async function looksRight(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await expectNoSidewaysScroll(page);
    if (page.viewportSize()!.width > 1000) await expectAccessible(page);
  }
}

describe('three windows: a visitor and a customer without JavaScript, a clerk with it', () => {
  it(
    'see one number from the tariff’s page to the cabinet',
    async () => {
      app.clock.set('2026-06-15T12:00:00+03:00');
      await newTariff(app);
      const office = await openOffice(app);
      const [sim] = await receive(app, 1, { officeId: office, sim: { number: NUMBER } });
      const [card] = await app.database.query<{ iccid: string }>('select iccid from sim_card where id = $1', [sim]);
      const tail = card!.iccid.slice(-4);
      const hired = await app.world.hire('operator');
      const phone = app.world.newPhone();

      const visitor = await browser.open({ baseUrl: app.url, javaScript: false });
      const clerk = await browser.open({ baseUrl: app.url, width: 1280 });
      const customer = await browser.open({ baseUrl: app.url, javaScript: false, theme: 'dark' });

      // The visitor: a filter, a tariff, a form with every mistake, the same form again.
      await visitor.goto('/tariffs?operator=megafon&minutes=500');
      await visitor.getByRole('link', { name: 'Без переплат' }).first().click();
      await looksRight(visitor);
      const form = visitor.locator('form[action$="#order"]');
      // The browser would stop at the first: whoever sends the form past it is told of all.
      await visitor.evaluate(`document.querySelector('form[action$="#order"]').noValidate = true`);
      await form.locator('[name=phone]').fill('12');
      await form.locator('[name=email]').fill('ирина');
      await form.locator('[name=wantedNumber]').fill('77-77 на конце');
      app.clock.advance({ seconds: 5 });
      await press(visitor, 'Отправить заявку');
      const names = await visitor.evaluate<string[]>(
        `[...document.querySelectorAll('form[action$="#order"] [aria-invalid=true]')].map(({ name }) => name)`,
      );
      expect([...new Set(names)]).toEqual(expect.arrayContaining(['name', 'phone', 'email', 'orderConsent']));
      expect(await visitor.locator('[name=wantedNumber]').inputValue()).toBe('77-77 на конце');
      expect(await visitor.locator('[name=orderConsent]').isChecked()).toBe(false);
      await looksRight(visitor);
      await visitor.locator('[name=name]').fill('Ирина Петрова');
      await visitor.locator('form[action$="#order"] [name=phone]').fill(phone);
      await visitor.locator('[name=email]').fill('');
      await visitor.getByRole('radio', { name: 'Обычная SIM' }).check();
      await visitor.getByRole('radio', { name: 'Доставка' }).check();
      await visitor.locator('[name=address]').fill('Псков, ул. Труда, 1');
      await visitor.locator('[name=orderConsent]').check();
      app.clock.advance({ seconds: 5 });
      await press(visitor, 'Отправить заявку');
      await says(visitor, 'Заявка принята');
      expect(visitor.url()).toMatch(/\/orders\//);
      expect(await app.smsTo(phone)).toContain(new URL(visitor.url()).pathname);
      await looksRight(visitor);

      // The clerk: takes it, calls, chooses the card, makes the papers, sends the courier.
      await clerk.goto('/admin/session/new');
      await clerk.locator('[name=email]').fill(hired.email);
      await clerk.locator('[name=password]').fill(hired.password);
      await press(clerk, 'Войти');
      await clerk.goto('/admin/orders');
      await clerk.getByRole('link', { name: /Ирина Петрова/ }).click();
      await says(clerk, 'Возьмите заявку');
      await press(clerk, 'Взять себе');
      await looksRight(clerk);
      await press(clerk, 'Созвонились');
      await visitor.reload();
      await says(visitor, 'Мы созвонились');
      await clerk.locator('input[name=sim]').first().check();
      await press(clerk, 'Занять эту карту');
      await press(clerk, 'Договорились');
      await press(clerk, 'Оформить договор, акт и памятку');
      await press(clerk, 'Готово к выдаче');
      await press(clerk, 'Отдать курьеру');
      expect(await app.smsTo(phone)).toContain('курьер');
      await visitor.reload();
      await says(visitor, 'Курьер в пути');

      // Before the hand-over its digits open nothing.
      await customer.goto('/session/new');
      await customer.locator('[name=phone]').fill(NUMBER);
      await customer.locator('[name=password]').fill(tail);
      await press(customer, 'Войти');
      expect(customer.url()).not.toMatch(/\/session\/first\//);

      await clerk.locator('[name=surname]').fill('Петрова');
      await clerk.locator('form[action$="/hand-over"] [name=name]').fill('Ирина');
      await clerk.locator('[name=documentChecked]').check();
      await press(clerk, 'SIM-карта у клиента');
      await says(clerk, 'Передана');
      await looksRight(clerk);
      expect(await app.smsTo(phone)).not.toContain(tail);

      // The customer: the digits of the card, the code that comes to it, a password, the number.
      await customer.goto('/session/new');
      await customer.locator('[name=phone]').fill(NUMBER);
      await customer.locator('[name=password]').fill(tail);
      await press(customer, 'Войти');
      await looksRight(customer);
      await customer.locator('[name=code]').fill(await app.codeSentTo(NUMBER));
      await press(customer, /Продолжить|Подтвердить|Войти/);
      await customer.locator('[name=password]').fill(PASSWORD);
      await looksRight(customer);
      await press(customer, /Сохранить|Задать|Войти/);
      await customer.goto('/cabinet/lines');
      await says(customer, '+7 931 234-56-79', 'Подключается');

      await press(clerk, 'Оператор включил номер');
      expect(await app.smsTo(phone)).toContain('работает');
      await visitor.reload();
      await says(visitor, 'Номер работает');
      await customer.reload();
      await says(customer, 'Без переплат', 'Работает');
      await looksRight(customer);
      await customer.locator('main a[href^="/cabinet/lines/"]').first().click();
      await says(customer, '+7 931 234-56-79', /Договор/);
      expect(await customer.locator('a[href^="/cabinet/papers/"]').count()).toBe(3);
      await looksRight(customer, visitor, clerk);
    },
    LONGEST_MS,
  );
});
