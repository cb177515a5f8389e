import { useApp } from '../support/app.js';
import { expectAccessible, expectNoSidewaysScroll, screenshot, useBrowser } from '../support/browser.js';
import { wordsOf } from './shopping.js';

const app = useApp();
const browser = useBrowser();

describe('refunds and held purchases in the cabinet and the back office', () => {
  it('stand in the statement with their signs, and each has its page', async () => {
    const till = await app.world.openTill();
    const { number: card, phone } = await app.world.activeCard(till);
    await till.purchase({ card, sum: '10000.00' });
    app.clock.advance({ minutes: 5 });
    const { body: bought } = await till.purchase({ card, sum: '2000.00', redeem: '40.00' });
    app.clock.advance({ minutes: 5 });
    const { body: refund } = await till.refund(bought.id, { sum: '980.00' });
    expect(refund).toMatchObject({ returned: '20.00', takenBack: '9.80' });
    app.clock.advance({ minutes: 5 });
    const { body: held } = await till.hold({ card, sum: '500.00', redeem: '30.00' });

    const visitor = await app.signInCustomer({ phone });
    const statement = wordsOf(await visitor.open('/cabinet/points'));
    expect(statement).toMatch(/Возврат АЗС № \d+ · 980 ₽ −9,80 \+20/);
    expect(statement).toMatch(/ждёт завершения покупки −30/);
    const csv = (await visitor.open('/cabinet/points/statement.csv')).text;
    expect(csv).toMatch(/Возврат;АЗС № \d+;-980,00;20,00;9,80;10,20/);
    expect(wordsOf(await visitor.open(`/cabinet/points/${refund.id}`))).toMatch(
      /Возврат .*980 ₽ Вернулись баллы \+20 Сняты начисленные −9,80/,
    );
    expect(wordsOf(await visitor.open(`/cabinet/points/${bought.id}`))).toContain('Возвраты по этой покупке');
    expect(wordsOf(await visitor.open(`/cabinet/points/${held.id}`))).toContain('Покупка ещё не завершена');
    const stranger = await app.signInCustomer({ phone: (await app.world.activeCard(till)).phone });
    expect((await stranger.open(`/cabinet/points/${refund.id}`)).status).toBe(404);

    await till.confirm(held.id);
    expect(wordsOf(await visitor.open(`/cabinet/points/${held.id}`))).toContain('Какими баллами оплачено');
    const staff = await app.signInStaff(await app.world.hire('manager'));
    expect(wordsOf(await staff.open('/admin/purchases'))).toContain('возвращено 980 ₽');
    expect(wordsOf(await staff.open(`/admin/purchases/${bought.id}`))).toMatch(/Возвраты .*980 ₽ \+20 −9,80/);
  });

  it('say calmly what is owed', async () => {
    const till = await app.world.openTill();
    const { number: card, phone } = await app.world.activeCard(till);
    const { body: bought } = await till.purchase({ card, sum: '5000.00' });
    await till.purchase({ card, sum: '50.00', redeem: 'max' });
    await till.refund(bought.id, { lines: [{ index: 0, quantity: '1' }] });
    const visitor = await app.signInCustomer({ phone });
    expect(wordsOf(await visitor.open('/cabinet'))).toContain(
      'Ваши баллы −50 Следующие покупки сначала погасят этот долг',
    );
    const list = wordsOf(await visitor.open('/cabinet/points'));
    expect(list).toMatch(/Начислено 0 Списано −50/);
    const staff = await app.signInStaff(await app.world.hire('manager'));
    for (const { width, theme } of [
      { width: 390, theme: 'dark' },
      { width: 1280, theme: 'light' },
    ] as const) {
      const page = await browser.open({ baseUrl: app.url, width, theme, language: 'ru' });
      await page.context().addCookies([...visitor.cookies(), ...staff.cookies()]);
      const [refund] = (await till.findPurchase(bought.id)).body.refunds;
      for (const path of [
        ...['/cabinet', '/cabinet/points', `/cabinet/points/${refund.id}`, `/cabinet/points/${bought.id}`],
        ...['/admin/purchases', `/admin/purchases/${bought.id}`],
      ]) {
        await page.goto(path);
        await screenshot(
          page,
          `refund-${width}${path.replace(/\W|[0-9a-f]{8}-.*/g, '-')}${path.includes(refund.id) ? 'r' : ''}`,
        );
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
    }
  }, 180_000);
});
