import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../support/browser.js';
import { useApp } from '../support/app.js';
import { openTariff } from './tariffs.js';

const app = useApp();
const browser = useBrowser();

beforeAll(async () => {
  await openTariff(app, 'mts-one', { name: 'Первый', priceKopecks: 30_000n });
  await openTariff(app, 'megafon-two', { name: 'Второй', priceKopecks: 90_000n, extras: ['музыка'] }, 'megafon');
  await openTariff(app, 't2-three', { name: 'Третий', priceKopecks: null, region: 'Псковская область' }, 't2');
});

it('the filters work at once where there is JavaScript, and keep what was picked', async () => {
  const page = await browser.open({ baseUrl: app.url, width: 1280 });
  await page.goto('/tariffs');
  await page.getByLabel('Сравнить тариф Первый').check();
  await page.getByLabel('МегаФон').check();
  await page.getByText('1 тариф', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?operator=megafon&t=mts-one');
  await page.getByRole('button', { name: 'Показать 1 тариф' }).waitFor();
  await page.getByLabel('Сравнить тариф Второй').check();
  await page.getByRole('button', { name: 'Сравнить отмеченные' }).click();
  await page.getByRole('heading', { name: 'Сравнение тарифов' }).waitFor();
  expect(await page.locator('thead .compared__name').allTextContents()).toEqual(
    expect.arrayContaining(['Первый', 'Второй']),
  );
});

it('a phone without JavaScript finds, compares and reads', async () => {
  const page = await browser.open({ baseUrl: app.url, width: 390, javaScript: false });
  await page.goto('/tariffs');
  expect(await page.locator('#finder').isVisible()).toBe(false);
  await page.getByText('Показать фильтры').click();
  await page.getByLabel('До, ₽ в месяц').fill('900');
  await page.getByRole('button', { name: 'Показать тарифы' }).click();
  await page.getByText('2 тарифа', { exact: true }).waitFor();
  await page.getByLabel('Сравнить тариф Первый').check();
  await page.getByLabel('Сравнить тариф Второй').check();
  await page.getByRole('button', { name: 'Сравнить отмеченные' }).click();
  await page.getByRole('link', { name: 'Второй', exact: true }).click();
  await page.getByRole('heading', { name: 'Второй', level: 1 }).waitFor();
});

it.each(['/tariffs', '/tariffs/t2-three', '/tariffs/compare?t=mts-one&t=megafon-two&t=t2-three', '/tariffs/compare'])(
  '%s can be read by everybody',
  async (path) => {
    for (const theme of ['light', 'dark'] as const) {
      const page = await browser.open({ baseUrl: app.url, width: 390, theme });
      await page.goto(path);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  },
);
