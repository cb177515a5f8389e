import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import type { Response } from 'supertest';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();

/** How many operations the statement lists. */
function operations(statement: Response): number {
  return page(statement).querySelectorAll('a[href^="/cabinet/points/0"]').length;
}

let till: Pos;
let operator: Visitor;

beforeAll(async () => {
  till = await app.world.openTill();
  operator = await app.signInStaff(await app.world.hire('operator'));
});

describe('an operator', () => {
  it('blocks and unblocks with a reason, from the page of the card and of its owner', async () => {
    const { number, customerId } = await app.world.activeCard(till);
    const owner = await operator.open(`/admin/customers/${customerId}`);
    const link = page(owner).querySelector(`a[href="/admin/cards/${number}/block?from=customer"]`);
    const blocked = await operator.submit(await operator.open(link!.getAttribute('href')!), { reason: 'fraud' });
    expect(blocked.headers.location).toBe(`/admin/customers/${customerId}#cards`);
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });
    const shown = textOf(await operator.follow(blocked));
    expect(shown).toContain('Заблокирована: Подозрение на мошенничество');

    const unblocked = await operator.submit(`/admin/cards/${number}/unblock`, {}, `/admin/cards/${number}/unblock`);
    expect(unblocked.headers.location).toBe(`/admin/cards/${number}`);
    expect(textOf(await operator.follow(unblocked))).toContain('Разблокирована');
    expect((await till.purchase({ card: number })).status).toBe(201);
    const audit = await app.database.query(`select action from audit_log where object_id = $1 order by seq`, [number]);
    expect(audit.map(({ action }) => action).slice(-2)).toEqual(['card.blocked', 'card.unblocked']);
  });

  it('blocks a card that was sold but not activated; unblocked it is sold again', async () => {
    const number = await app.world.sellCard(till);
    await operator.submit(`/admin/cards/${number}/block`, { reason: 'lost' });
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });
    await operator.submit(`/admin/cards/${number}/unblock`, {}, `/admin/cards/${number}/unblock`);
    expect((await till.card(number)).body.state).toBe('sold');
  });

  it('cannot block what was never sold, nor without a reason', async () => {
    const [printed = ''] = await app.world.printCards();
    const refused = await operator.submit(`/admin/cards/${printed}/block`, { reason: 'lost' });
    expect(refused.status).toBe(409);
    expect(textOf(refused)).toContain('Карта ещё не продана');
    const number = await app.world.sellCard(till);
    expect(fieldErrors(await operator.submit(`/admin/cards/${number}/block`, { reason: '' }))).toHaveProperty('reason');
    expect((await operator.get('/admin/cards/2990000000002/block')).status).toBe(404);
    expect((await operator.get('/admin/cards/nonsense/block')).status).toBe(404);
  });

  it('replaces an active card: owner, points and history go on under the new number', async () => {
    const { number, customerId, phone } = await app.world.activeCard(till);
    await till.purchase({ card: number, sum: '1000.00' });
    await operator.submit(`/admin/cards/${number}/block`, { reason: 'lost' });
    const [next = ''] = await app.world.printCards();
    const spaced = next.replace(/(\d{4})/g, '$1 ');
    const done = await operator.submit(`/admin/cards/${number}/replace`, { next: spaced, reason: 'lost' });
    expect(done.headers.location).toBe(`/admin/cards/${next}`);
    expect((await till.card(number)).body.state).toBe('replaced');
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });
    expect((await till.purchase({ card: next, sum: '100.00', redeem: '10.00' })).body).toMatchObject({
      redeemed: '10.00',
    });
    const shown = page(await operator.open(`/admin/customers/${customerId}`));
    expect(shown.querySelector('[aria-labelledby=care-title]')?.text).toContain('Заменена на');
    const customer = await app.signInCustomer({ phone });
    expect(operations(await customer.open('/cabinet/points'))).toBe(2);
    expect((await operator.submit(`/admin/cards/${number}/unblock`, {}, `/admin/cards/${number}/unblock`)).status).toBe(
      409,
    );
  });

  it('replaces an unactivated card; its purchases are the customer’s once the new one is activated', async () => {
    const number = await app.world.sellCard(till);
    await till.purchase({ card: number, sum: '1000.00' });
    const [next = ''] = await app.world.printCards();
    await operator.submit(`/admin/cards/${number}/replace`, { next, reason: 'damaged' });
    expect((await till.card(next)).body).toMatchObject({ state: 'sold', balance: { available: '10.00' } });
    await till.purchase({ card: next, sum: '500.00' });
    const { phone } = await app.world.activate(next);
    const customer = await app.signInCustomer({ phone });
    expect(operations(await customer.open('/cabinet/points'))).toBe(2);
    expect(textOf(await customer.open('/cabinet/points'))).toContain('+15');
  });

  it('takes only a printed card that nobody has', async () => {
    const { number } = await app.world.activeCard(till);
    const sold = await app.world.sellCard(till);
    const replace = async (next: string) =>
      fieldErrors(await operator.submit(`/admin/cards/${number}/replace`, { next, reason: 'lost' }))['next'];
    expect(await replace('123')).toContain('13 цифр');
    expect(await replace('2990000000001')).toContain('Контрольная цифра');
    expect(await replace('2990000000002')).toContain('не выпускали');
    expect(await replace(sold)).toContain('уже продана');
    expect(await replace(number)).toContain('уже продана');
    expect((await till.card(number)).body.state).toBe('active');
  });

  it('gives one new card to one of two old ones', async () => {
    const olds = await Promise.all([app.world.activeCard(till), app.world.activeCard(till)]);
    const [next = ''] = await app.world.printCards();
    const answers = await Promise.all(
      olds.map(({ number }) => operator.submit(`/admin/cards/${number}/replace`, { next, reason: 'lost' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  it('gives a virtual card for a plastic one, unless there is one', async () => {
    const { number, customerId } = await app.world.activeCard(till);
    const done = await operator.submit(`/admin/cards/${number}/virtual`, { reason: 'lost' });
    const next = done.headers.location!.split('/').at(-1)!;
    expect((await till.card(next)).body).toMatchObject({ kind: 'virtual', state: 'active' });
    const second = await app.world.sellCard(till);
    expect((await operator.submit(`/admin/cards/${second}/virtual`, { reason: 'lost' })).status).toBe(409);
    expect(await app.get(VirtualCards).issueVirtualCard(customerId)).toBe(next);
  });
});

it('is closed to the accountant', async () => {
  const accountant = await app.signInStaff(await app.world.hire('accountant'));
  const { number, customerId } = await app.world.activeCard(till);
  for (const step of ['block', 'unblock', 'replace', 'virtual']) {
    expect((await accountant.get(`/admin/cards/${number}/${step}`)).status).toBe(403);
  }
  const owner = page(await accountant.open(`/admin/customers/${customerId}`));
  expect(owner.querySelector('.card-actions')).toBeNull();
});
