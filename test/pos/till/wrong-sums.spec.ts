import { useApp } from '../../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../../support/browser.js';
import { tablet } from './till-device.js';

const app = useApp();
const browser = useBrowser();

it('says at the field which sum is none, until it is mended', async () => {
  const device = await (await tablet(app)).open();
  const { number } = await app.world.activeCard(device.till);
  const page = await browser.open({ baseUrl: app.url, width: 390 });
  await page.context().addCookies(device.visitor.cookies());
  await page.goto('/till');
  await page.getByLabel('Карта или телефон').last().fill(number);
  await page.keyboard.press('Enter');
  await page.locator('[data-found]').waitFor();
  const [fuel, food] = [page.locator('#till-sum-fuel'), page.locator('#till-sum-food')];
  for (const typed of ['12,345', 'abc', '-5']) {
    await food.fill('10');
    await fuel.fill(typed);
    await page.keyboard.press('Enter');
    await page.locator('#till-sum-fuel[aria-invalid=true]').waitFor();
    expect(await page.locator('#till-sum-fuel-error').textContent()).toBe('Введите сумму, например 1250 или 99,50');
    expect(await page.locator('#till-sum-fuel-error').isVisible()).toBe(true);
    expect(await fuel.getAttribute('aria-describedby')).toBe('till-sum-fuel-error');
    expect(await food.getAttribute('aria-invalid')).toBeNull();
    expect(await page.evaluate('document.activeElement.id')).toBe('till-sum-fuel');
    await page.getByText('Проверьте отмеченные суммы').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await fuel.fill('12,34');
    expect(await fuel.getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('#till-sum-fuel-error').isVisible()).toBe(false);
  }
  await fuel.fill('100');
  await page.locator('label', { has: page.locator('input[name=redeem][value=own]') }).click();
  await page.locator('#till-own').fill('1.234');
  await page.keyboard.press('Enter');
  await page.locator('#till-own[aria-invalid=true]').waitFor();
});
