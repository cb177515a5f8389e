import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf, type Visitor } from '../support/visitor.js';

const PERSON = { surname: 'Петрова', name: 'Ирина', patronymic: 'Олеговна', birthDate: '1990-05-31', sex: 'female' };
const PASSWORD = 'белая ворона летит';
const CONSENTS = { rulesConsent: 'on', personalDataConsent: 'on' };

/** Told over HTTP from the first day to the last: till, pages, SMS, nightly runs. Each part goes on where the last ended. */
describe('a year with a card', () => {
  const app = useApp();
  let till: Pos;
  let elsewhere: Pos;
  let card: string;
  let phone: string;
  let irina: Visitor;

  const home = async (): Promise<string> => textOf(await irina.open('/cabinet'));
  const available = async (): Promise<string> => (await till.card(card)).body.balance.available as string;
  const nightPasses = async (moment: string): Promise<void> => {
    app.clock.set(moment);
    await app.runDue();
  };

  it('15 June: she buys the card with her petrol, and it earns at once', async () => {
    [till, elsewhere] = [await app.world.openTill(), await app.world.openTill()];
    [card = ''] = await app.world.printCards();
    expect((await till.sale(card)).body).toEqual({ number: card, state: 'sold', price: '100.00' });
    const { body } = await till.purchase({
      card,
      lines: [
        { category: 'fuel', sum: '2427.41', name: 'АИ-95', price: '61.50', quantity: '39.470' },
        { category: 'tobacco', sum: '180.00', name: 'Сигареты' },
        { category: 'food', sum: '249.00', name: 'Капучино' },
      ],
    });
    expect(body).toMatchObject({ earned: '26.76', toPay: '2856.41' });
    expect(body.slip.join('\n')).toContain('Активируйте карту на сайте');
  });

  it('17 June: another station; spending has to wait for the activation', async () => {
    app.clock.shift({ days: 2 });
    expect((await elsewhere.purchase({ card, sum: '1000.00' })).body).toMatchObject({ earned: '10.00' });
    const refused = await elsewhere.purchase({ card, sum: '100.00', redeem: '5.00' });
    expect([refused.status, refused.body.code]).toEqual([409, 'card_not_active']);
    expect(await available()).toBe('36.76');
  });

  it('the same evening she activates it on her phone with the code of the SMS', async () => {
    app.clock.shift({ hours: 8 });
    phone = app.world.newPhone();
    irina = app.visitor();
    const asked = await irina.submit('/cards/activate', { card, phone, ...PERSON, ...CONSENTS });
    const code = await app.codeSentTo(phone);
    const done = await irina.submit(await irina.follow(asked), { code });
    expect(textOf(await irina.follow(done))).toContain('36,76');
    await irina.submit('/cabinet/profile/password', { password: PASSWORD });
    expect((await till.card(card)).body).toMatchObject({ state: 'active', holder: 'Ирина П.', canRedeem: true });
  });

  it('24 June: she pays with points, those that burn first', async () => {
    app.clock.shift({ days: 7 });
    const quote = await till.quote({ card, sum: '500.00', redeem: '30.00' });
    expect(quote.body).toMatchObject({ redeemed: '30.00', toPay: '470.00', earned: '4.70' });
    const { status, body } = await till.purchase({ card, sum: '500.00', redeem: '30.00' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ redeemed: '30.00', toPay: '470.00', earned: '4.70' });
    // All of the 15th's 26.76 and 3.24 of the 17th's 10.00 are gone.
    expect(body.balance).toEqual({
      ...{ available: '11.46', held: '0.00' },
      expiring: [
        { points: '6.76', at: '2027-06-18T00:00:00+03:00' },
        { points: '4.70', at: '2027-06-25T00:00:00+03:00' },
      ],
    });
  });

  it('sees it in the cabinet, after logging in with the password', async () => {
    irina = await app.signInCustomer({ phone, password: PASSWORD });
    expect(await home()).toContain('11,46');
    const statement = textOf(await irina.open('/cabinet/points'));
    for (const words of ['АИ-95', '+26,76', '+10', '−30', '+4,70']) expect(statement).toContain(words);
  });

  it('17 June of the next year, a minute to midnight: everything is still there', async () => {
    await nightPasses('2027-06-17T23:59:00+03:00');
    expect(await available()).toBe('11.46');
    const last = await till.quote({ card, sum: '100.00', redeem: '11.46' });
    expect([last.status, last.body.redeemed]).toEqual([200, '11.46']);
  });

  it('midnight: what was left of 17 June burns, for the till at once and in the books by the nightly run', async () => {
    app.clock.set('2027-06-18T00:00:00+03:00');
    expect(await available()).toBe('4.70');
    const late = await till.purchase({ card, sum: '100.00', redeem: '11.46' });
    expect([late.status, late.body.code]).toEqual([409, 'insufficient_points']);
    await app.runDue();
    expect(await burnt()).toEqual([{ amount: '676', at: new Date('2027-06-18T00:00:00+03:00') }]);
    expect(await home()).toContain('4,70');
    const statement = textOf(await irina.open('/cabinet/points?kind=burnt'));
    expect(statement).toContain('Сгорели баллы');
    expect(statement).toContain('−6,76');
  });

  it('a week later the rest burns, once, however often the run is made', async () => {
    await nightPasses('2027-06-25T00:00:00+03:00');
    await app.runDue();
    await nightPasses('2027-06-27T09:00:00+03:00');
    expect((await burnt()).map(({ amount }) => amount)).toEqual(['676', '470']);
    expect((await till.card(card)).body.balance).toEqual({ available: '0.00', held: '0.00', expiring: [] });
  });

  it('and the card goes on', async () => {
    const { body } = await till.purchase({ card, sum: '300.00', redeem: 'max' });
    expect(body).toMatchObject({ redeemed: '0.00', earned: '3.00', balance: { available: '3.00' } });
    expect(await home()).toContain('можно потратить 3 ₽');
  });

  function burnt(): Promise<{ amount: string; at: Date }[]> {
    return app.database.query(
      `select t.amount, t.occurred_at as at from transfer t join card c on c.account_id = t.from_account_id
       where c.number = $1 and t.kind = 'burn' order by t.occurred_at`,
      [card],
    );
  }
});
