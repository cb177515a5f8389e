import { useApp } from '../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../support/browser.js';
import { askForCall } from './asking.js';

const app = useApp({ role: 'web', env: { CALLBACKS_PER_IP_HOUR: '500' } });
const browser = useBrowser();

it('goes through the queue by keys, takes a call and dials', async () => {
  await askForCall(app, { name: 'Анна' });
  app.clock.advance({ minutes: 1 });
  await askForCall(app, { name: 'Борис' });
  app.clock.advance({ minutes: 20 });
  const visitor = await app.signInStaff(await app.world.hire('operator'));
  const page = await browser.open({ baseUrl: app.url });
  await page.context().addCookies(visitor.cookies());
  await page.goto('/admin/callbacks');
  await page.getByText('2 звонка просрочены').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Борис' }).waitFor();
  await page.getByRole('button', { name: 'Взять' }).click();
  await page.getByRole('link', { name: /^\+7 921/ }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('Что произошло').selectOption('busy');
  await page.getByRole('button', { name: 'Записать' }).click();
  await page.getByText('Записано. Звонок снова в очереди.').waitFor();
  await page.getByText('1 звонок просрочен').waitFor();
});
