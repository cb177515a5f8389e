import { useApp } from '../support/app.js';
import { expectAccessible, useBrowser } from '../support/browser.js';

const app = useApp({ role: 'web', env: { CALLBACKS_PER_IP_HOUR: '500' } });
const browser = useBrowser();
const PHONE = '8 921 555-40-40';

it('the form opens over the page it is asked for on, and asks the same', async () => {
  const page = await browser.open({ baseUrl: app.url });
  // The page beneath has a field of the same name.
  await page.goto('/session/new');
  await page.getByRole('banner').getByRole('link', { name: 'Заказать звонок' }).click();
  const dialog = page.getByRole('dialog', { name: 'Заказать звонок' });
  await expectAccessible(page);
  await dialog.getByLabel('Телефон').fill(PHONE);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('contentinfo').getByRole('link', { name: 'Заказать звонок' }).click();
  await dialog.getByLabel('Телефон').fill(PHONE);
  await dialog.getByLabel('О чём вопрос').selectOption('other');
  await dialog.getByRole('checkbox').check();
  app.clock.advance({ seconds: 5 });
  await dialog.getByRole('button', { name: 'Жду звонка' }).click();
  await page.getByRole('heading', { name: 'Мы вам позвоним' }).waitFor();
  const [asked] = await app.database.query(
    `select c.phone, r.page from callback c join callback_request r on r.callback_id = c.id`,
  );
  expect(asked).toEqual({ phone: '+79215554040', page: '/session/new' });
});

it('leads to its own page where scripts do not run', async () => {
  const page = await browser.open({ baseUrl: app.url, javaScript: false });
  await page.goto('/help');
  await page.getByRole('banner').getByRole('link', { name: 'Заказать звонок' }).click();
  await page.getByLabel('Телефон').fill('8 921 555-40-41');
  await page.getByLabel('О чём вопрос').selectOption('card');
  await page.getByRole('checkbox').check();
  app.clock.advance({ seconds: 5 });
  await page.getByRole('button', { name: 'Жду звонка' }).click();
  await page.getByRole('heading', { name: 'Мы вам позвоним' }).waitFor();
  await page.getByLabel('Когда позвонить').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Перенести звонок' }).click();
  await page.getByText('Время звонка изменено.').waitFor();
  await page.getByRole('button', { name: 'Не звоните мне' }).click();
  await page.getByRole('heading', { name: 'Звонок отменён' }).waitFor();
});
