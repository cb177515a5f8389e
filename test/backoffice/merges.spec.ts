import { FraudWatch } from '../../src/loyalty/fraud/fraud-watch.service.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import type { Response } from 'supertest';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();

/** How many operations the statement lists. */
function operations(statement: Response): number {
  return page(statement).querySelectorAll('a[href^="/cabinet/points/0"]').length;
}

let till: Pos;
let manager: Visitor;

beforeAll(async () => {
  till = await app.world.openTill();
  manager = await app.signInStaff(await app.world.hire('manager'));
});

interface Person {
  customerId: string;
  phone: string;
  number: string;
}

/** Somebody with ten points and a purchase. */
async function person(): Promise<Person> {
  const card = await app.world.activeCard(till);
  await till.purchase({ card: card.number, sum: '1000.00' });
  return card;
}

async function merge(into: Person, from: Person): Promise<void> {
  const path = `/admin/customers/${into.customerId}/merge/${from.customerId}`;
  const { status, headers } = await manager.submit(path, {}, path);
  expect([status, headers.location]).toEqual([303, `/admin/customers/${into.customerId}`]);
}

describe('a merge', () => {
  it('is found by phone or card, looked at, and then done: points, cards and history together', async () => {
    const [into, from] = [await person(), await person()];
    await app.database.query(`update customer set email = 'two@mail.example' where id = $1`, [from.customerId]);
    const virtual = await app.get(VirtualCards).issueVirtualCard(from.customerId);
    const start = page(await manager.open(`/admin/customers/${into.customerId}`));
    const search = start.querySelector(`a[href="/admin/customers/${into.customerId}/merge"]`)!.getAttribute('href')!;
    for (const typed of [from.phone, from.number]) {
      const found = page(await manager.open(`${search}?q=${encodeURIComponent(typed)}`));
      expect(found.querySelector(`a[href="${search}/${from.customerId}"]`)).not.toBeNull();
    }
    const preview = await manager.open(`${search}/${from.customerId}`);
    expect(textOf(preview)).toContain('Дополнит анкету: почта.');
    expect(textOf(preview)).not.toContain(from.phone.slice(5, 8) + from.phone.slice(8, 10) + from.phone.slice(10));

    const done = await manager.follow(await manager.submit(preview, {}, `${search}/${from.customerId}`));
    expect(textOf(done)).toContain('Присоединён другой клиент');
    expect(textOf(done)).toContain('two@mail.example');
    for (const card of [into.number, from.number, virtual]) {
      expect((await till.card(card)).body).toMatchObject({ state: 'active', balance: { available: '20.00' } });
    }
    expect((await till.card(into.phone)).status).toBe(200);
    expect((await till.card(from.phone)).status).toBe(404);

    const customer = await app.signInCustomer({ phone: into.phone });
    const statement = await customer.open('/cabinet/points');
    // Two purchases and the move.
    expect(operations(statement)).toBe(3);
    expect(textOf(statement)).toContain('Баллы с вашего второго счёта');
    for (const link of page(statement).querySelectorAll('a[href^="/cabinet/points/0"]')) {
      expect((await customer.get(link.getAttribute('href')!)).status).toBe(200);
    }
    const rows = await app.database.query(
      `select moved_hundredths, cards from customer_merge where from_customer_id = $1`,
      [from.customerId],
    );
    expect(rows).toEqual([{ moved_hundredths: '1000', cards: 2 }]);
    expect(textOf(await manager.open(`/admin/customers/${from.customerId}`))).toContain('объединена с другой');
    // Nobody is offered twice.
    const again = page(await manager.open(`${search}?q=${encodeURIComponent(from.phone)}`));
    expect(again.querySelector(`a[href="${search}/${from.customerId}"]`)).toBeNull();
  });

  it('keeps the day on which each lot burns', async () => {
    const [into, from] = [await person(), await person()];
    const days = () =>
      app.database.query(
        `select d.expires_at, sum(d.remaining) as remaining from lot_day d join customer c on c.points_account_id = d.account_id
         where c.id = any($1) group by 1 order by 1`,
        [[into.customerId, from.customerId]],
      );
    const before = await days();
    await merge(into, from);
    expect(await days()).toEqual(before);
  });

  it('takes what is held along: the survivor confirms it, cancels it or gets it back', async () => {
    const [into, from] = [await person(), await person()];
    const hold = async (): Promise<string> =>
      (await till.hold({ card: from.number, sum: '100.00', redeem: '3.00' })).body.id as string;
    const [confirmed, cancelled] = [await hold(), await hold()];
    app.clock.shift({ minutes: 5 });
    const left = await hold();
    await merge(into, from);
    const balance = async () => (await till.card(into.number)).body.balance as object;
    expect(await balance()).toMatchObject({ available: '11.00', held: '9.00' });
    expect((await till.confirm(confirmed)).body).toMatchObject({
      ...{ state: 'confirmed', redeemed: '3.00', earned: '0.97' },
      balance: { available: '11.97', held: '6.00' },
    });
    expect((await till.cancel(cancelled)).body).toMatchObject({ balance: { available: '14.97', held: '3.00' } });
    app.clock.shift({ minutes: 15 });
    expect(await balance()).toMatchObject({ available: '17.97', held: '0.00' });
    expect((await till.findPurchase(left)).body.state).toBe('released');
    // And a refund of what was confirmed.
    const refund = await till.refund(confirmed, { sum: '97.00' });
    expect(refund.body).toMatchObject({ returned: '3.00', takenBack: '0.97', balance: { available: '20.00' } });
  });

  it('takes a debt along, whoever of the two owes', async () => {
    const owing = async (): Promise<Person> => {
      const card = await app.world.activeCard(till);
      const { body: bought } = await till.purchase({ card: card.number, sum: '1500.00' });
      await till.purchase({ card: card.number, sum: '15.00', redeem: '15.00' });
      await till.refund(bought.id as string, { sum: '1500.00' });
      expect((await till.card(card.number)).body.balance.available).toBe('-15.00');
      return card;
    };
    // Fifteen owed and ten had are five owed; the next earning fills them.
    for (const [into, from] of [
      [await person(), await owing()],
      [await owing(), await person()],
    ] as const) {
      await merge(into, from);
      for (const { number } of [into, from]) {
        expect((await till.card(number)).body.balance).toMatchObject({ available: '-5.00', expiring: [] });
      }
      const { body } = await till.purchase({ card: from.number, sum: '800.00' });
      expect(body.balance).toMatchObject({ available: '3.00', expiring: [{ points: '3.00' }] });
    }
    const [into, from] = [await owing(), await owing()];
    await merge(into, from);
    expect((await till.card(into.number)).body.balance.available).toBe('-30.00');
  });

  it('shuts the absorbed login: sessions, codes and activations', async () => {
    const [into, from] = [await person(), await person()];
    const gone = await app.signInCustomer({ phone: from.phone });
    await merge(into, from);
    expect((await gone.get('/cabinet')).status).toBe(303);
    const before = await app.database.query('select count(*) from dev_inbox where recipient = $1', [from.phone]);
    // The next SMS would have to wait a minute.
    await app.database.query('delete from rate_limit');
    const asked = await app.visitor().submit('/session/new', { phone: from.phone }, '/session/code');
    expect(asked.status).toBe(303);
    expect(await app.database.query('select count(*) from dev_inbox where recipient = $1', [from.phone])).toEqual(
      before,
    );
    const sold = await app.world.sellCard(till);
    await expect(app.world.activate(sold, from.phone)).rejects.toMatchObject({ code: 'phone_given_up' });
    await expect(app.get(VirtualCards).issueVirtualCard(from.customerId)).rejects.toMatchObject({
      code: 'customer_not_found',
    });
  });

  it('goes on to a third: all three histories are one', async () => {
    const [first, second, third] = [await person(), await person(), await person()];
    await merge(second, first);
    await merge(third, second);
    const customer = await app.signInCustomer({ phone: third.phone });
    // Three purchases and two moves.
    expect(operations(await customer.open('/cabinet/points'))).toBe(5);
    expect((await till.card(first.number)).body.balance.available).toBe('30.00');
  });

  it('shows a debt that moved as a line of its own, and its sums stay', async () => {
    const [into, from] = [await person(), await person()];
    const [first] = await app.database.query<{ id: string }>('select id from purchase where card_number = $1', [
      from.number,
    ]);
    await till.purchase({ card: from.number, sum: '100.00', redeem: '10.00' });
    await till.refund(first!.id, { sum: '1000.00' });
    expect((await till.card(from.number)).body.balance.available).toBe('-9.10');
    await merge(into, from);
    expect((await till.card(from.number)).body.balance.available).toBe('0.90');

    const customer = await app.signInCustomer({ phone: into.phone });
    const statement = await customer.open('/cabinet/points');
    // Of each the first purchase, then what was spent, the refund and the debt.
    expect(operations(statement)).toBe(5);
    const debt = page(statement)
      .querySelectorAll('a[href^="/cabinet/points/0"]')
      .find((link) => link.text.includes('Долг с вашего второго счёта'))!;
    expect(debt.text.replaceAll(/\s+/g, ' ')).toContain('−9,10');
    const shown = textOf(await customer.open(debt.getAttribute('href')!));
    expect(shown).toContain('уже учтён в возврате');
    expect(shown).toMatch(/Какими баллами погашен.*9,10/);
    // Days add up to the balance: +10, +10, −10 +0.90, −10.
    expect(textOf(statement)).toContain('0,90');
    const csv = (await customer.get('/cabinet/points/statement.csv')).text;
    expect(csv).toMatch(/Долг с вашего второго счёта;;;0,00;9,10;0,00/);
    const changes = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.slice(line.lastIndexOf(';') + 1).replace(',', '.')));
    expect(changes.reduce((sum, change) => sum + change, 0)).toBeCloseTo(0.9);

    // In a chain it stays a debt, and what was held on an absorbed account is no move.
    const third = await person();
    await merge(third, into);
    const last = await (await app.signInCustomer({ phone: third.phone })).open('/cabinet/points');
    expect(textOf(last).match(/Долг с вашего второго счёта/g)).toHaveLength(1);
    expect(textOf(last).match(/Баллы с вашего второго счёта/g)).toHaveLength(1);
  });

  it('takes no hold for a move', async () => {
    const [into, from] = [await person(), await person()];
    const held = await till.purchase({ card: from.number, sum: '100.00', redeem: '5.00', hold: true });
    await merge(into, from);
    expect((await till.post(`/purchases/${held.body.id}/confirm`, {})).status).toBe(200);
    const statement = await (await app.signInCustomer({ phone: into.phone })).open('/cabinet/points');
    // Three purchases and the move of what was not held.
    expect(operations(statement)).toBe(4);
  });

  it('leaves alerts with whom they were raised on, and shows them with the survivor: to those who judge them', async () => {
    const [into, from] = [await person(), await person()];
    for (let time = 0; time < 4; time++) await till.purchase({ card: from.number, sum: '1.00' });
    await app.database.query(`update velocity_limit set threshold = 2 where rule = 'customer_receipts_day'`);
    await app.get(FraudWatch).watch();
    await app.database.query(`update velocity_limit set threshold = 10 where rule = 'customer_receipts_day'`);
    const alertsAt = async (who: Visitor, id: string) =>
      page(await who.open(`/admin/customers/${id}`))
        .querySelectorAll('a[href^="/admin/alerts/"]')
        .map((link) => link.getAttribute('href')!);
    expect(await alertsAt(manager, into.customerId)).toEqual([]);
    const before = await alertsAt(manager, from.customerId);
    expect(before.length).toBeGreaterThanOrEqual(2);
    await merge(into, from);
    expect((await alertsAt(manager, into.customerId)).sort()).toEqual(before.sort());
    const [onCustomer] = await app.database.query<{ id: string }>('select id from fraud_alert where customer_id = $1', [
      from.customerId,
    ]);
    const alert = page(await manager.open(`/admin/alerts/${onCustomer!.id}`));
    expect(alert.querySelectorAll('tbody tr').length).toBeGreaterThanOrEqual(5);
    const operator = await app.signInStaff(await app.world.hire('operator'));
    expect(await alertsAt(operator, into.customerId)).toEqual([]);
  });

  it('keeps both sets of messages and records readable, and the choices of who stays', async () => {
    const [into, from] = [await person(), await person()];
    const gone = await app.signInCustomer({ phone: from.phone });
    await gone.submit('/cabinet/notifications', { burning: 'none', news: 'sms' }, '/cabinet/notifications');
    const path = `/admin/customers/${into.customerId}/merge/${from.customerId}`;
    expect(textOf(await manager.open(path))).toContain('Уведомления останутся такими, как выбрал тот, кто остаётся');
    await merge(into, from);
    const survivor = textOf(await manager.open(`/admin/customers/${into.customerId}`));
    expect(survivor).toContain('Выбраны уведомления');
    expect(survivor).toContain('Вход и безопасность SMS');
    const customer = await app.signInCustomer({ phone: into.phone });
    const shown = page(await customer.open('/cabinet/notifications'));
    expect(shown.querySelector('input[name="burning"][checked]')?.getAttribute('value')).toBe('sms');
    expect(shown.querySelector('input[name="news"][checked]')?.getAttribute('value')).toBe('none');
  });

  it('is refused with oneself, twice, with nobody, and to an operator', async () => {
    const [into, from] = [await person(), await person()];
    const form = await manager.open(`/admin/customers/${into.customerId}/merge/${from.customerId}`);
    expect((await manager.get(`/admin/customers/${into.customerId}/merge/${into.customerId}`)).status).toBe(409);
    expect(
      (await manager.get(`/admin/customers/${into.customerId}/merge/0190a1b2-0000-7000-8000-000000000000`)).status,
    ).toBe(404);
    const operator = await app.signInStaff(await app.world.hire('operator'));
    for (const path of ['merge', `merge/${from.customerId}`]) {
      expect((await operator.get(`/admin/customers/${into.customerId}/${path}`)).status).toBe(403);
    }
    expect(
      page(await operator.open(`/admin/customers/${into.customerId}`)).querySelector('a[href$="/merge"]'),
    ).toBeNull();
    const answers = await Promise.all([1, 2, 3].map(() => manager.submit(form, {}, /\/merge\//)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    expect(textOf(answers.find(({ status }) => status === 409)!)).toContain('уже объединён');
    expect((await till.card(into.number)).body.balance.available).toBe('20.00');
  });
});
