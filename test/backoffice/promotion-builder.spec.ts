import { useApp } from '../support/app.js';
import { useBrowser } from '../support/browser.js';

const app = useApp();
const browser = useBrowser();

it('refreshes the example while the builder is filled in', async () => {
  const desk = await browser.open({ width: 1280, baseUrl: app.url });
  await desk.context().addCookies((await app.signInStaff(await app.world.hire('manager'))).cookies());
  await desk.goto('/admin/promotions/new');
  const example = desk.locator('#example');
  await desk.getByLabel('сб', { exact: true }).check();
  await example.getByText('в субботу в 12:00 даст 40 баллов').waitFor();
  await desk.getByLabel('Сколько').fill('3');
  await example.getByText('в субботу в 12:00 даст 60 баллов: 20 обычных и 40 по акции').waitFor();
  await desk.getByLabel('Сколько').fill('три');
  await example.getByText('Заполните форму').waitFor();
});
