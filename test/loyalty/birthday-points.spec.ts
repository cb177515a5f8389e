import { NO_CONDITIONS } from '../../src/loyalty/promotions/segments/segment-conditions.js';
import { Segments } from '../../src/loyalty/promotions/segments/segments.service.js';
import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf, type Visitor } from '../support/visitor.js';

const app = useApp();

/** 100 points around the birthday, at a station of the test's own. */
async function birthdayTill(terms: Partial<PromotionTerms> = {}): Promise<Pos> {
  const { till, stationId } = await app.world.openStation();
  const promotions = app.get(Promotions);
  const here = { stationChoice: 'only' as const, stationIds: [stationId] };
  const gift = { ...PLAIN_TERMS, title: 'С днём рождения', kind: 'fixed' as const, value: 10_000, birthdayDays: 0 };
  const id = await promotions.draftPromotion({ ...gift, ...here, ...terms }, SYSTEM);
  await promotions.takeStep(id, 'published', SYSTEM);
  return till;
}

/** `1990-11-22` where it is 22 November, plus so many days. */
function bornToday(plusDays = 0): string {
  const day = new Date(app.clock.now().getTime() + plusDays * 86_400_000);
  return `1992-${day.toISOString().slice(5, 10)}`;
}

async function tell(visitor: Visitor, birthDate: string): Promise<void> {
  const answer = await visitor.submit('/cabinet/profile', { birthDate });
  expect(answer.status).toBe(303);
}

const bought = async (till: Pos, card: string): Promise<unknown> =>
  (await till.purchase({ card, sum: '100.00' })).body.earned;

beforeEach(() => app.clock.set('2027-03-10T12:00:00'));

describe('a birth date', () => {
  it('counts at once where none had been told, and a year later where it was changed', async () => {
    const till = await birthdayTill();
    const { number: card, phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    await tell(visitor, bornToday());
    expect(await bought(till, card)).toBe('101.00');
    app.clock.set('2027-03-20T12:00:00');
    await tell(visitor, bornToday());
    expect(await bought(till, card)).toBe('1.00');
    expect(textOf(await visitor.open('/cabinet/profile'))).toContain('учтут её с 19 марта 2028');
    app.clock.set('2028-03-20T12:00:00');
    expect(await bought(till, card)).toBe('101.00');
  });

  it('does not become the first one by being taken away', async () => {
    const till = await birthdayTill();
    const { number: card, phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    await tell(visitor, bornToday(20));
    await tell(visitor, '');
    await tell(visitor, bornToday());
    expect(await bought(till, card)).toBe('1.00');
  });

  it('that was changed keeps its owner out of segments by month too', async () => {
    const till = await birthdayTill();
    const { customerId, phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    await tell(visitor, '1992-04-01');
    await tell(visitor, bornToday());
    const conditions = { ...NO_CONDITIONS, birthMonth: 3 };
    const { id } = await app.get(Segments).saveSegment({ name: 'Март', conditions }, SYSTEM);
    const member = (): Promise<object[]> =>
      app.database.query('select from segment_member where segment_id = $1 and customer_id = $2', [id, customerId]);
    expect(await member()).toHaveLength(0);
    app.clock.set('2028-03-10T12:00:00');
    await app.get(Segments).refreshAll();
    expect(await member()).toHaveLength(1);
  });

  it('shows staff when it was changed', async () => {
    const till = await birthdayTill();
    const { customerId, phone } = await app.world.activeCard(till);
    const manager = await app.signInStaff(await app.world.hire('manager'));
    const shown = async (): Promise<string> => textOf(await manager.open(`/admin/customers/${customerId}`));
    const visitor = await app.signInCustomer({ phone });
    await tell(visitor, '1992-04-01');
    expect(await shown()).not.toContain('для акций действует');
    await tell(visitor, '1992-04-02');
    expect(await shown()).toContain('изменена 10 марта, для акций действует с 9 марта 2028');
  });
});

describe('a promotion for birthdays', () => {
  it('gives once a birthday without any cap, on whichever of its days', async () => {
    const till = await birthdayTill({ birthdayDays: 3 });
    const { number: card, phone } = await app.world.activeCard(till);
    const visitor = await app.signInCustomer({ phone });
    await tell(visitor, bornToday());
    expect([await bought(till, card), await bought(till, card)]).toEqual(['101.00', '1.00']);
    app.clock.set('2027-03-13T12:00:00');
    expect(await bought(till, card)).toBe('1.00');
    app.clock.set('2028-03-08T12:00:00');
    expect([await bought(till, card), await bought(till, card)]).toEqual(['101.00', '1.00']);
  });

  it('gives once to purchases that arrive together', async () => {
    const till = await birthdayTill();
    const { number: card, phone } = await app.world.activeCard(till);
    await tell(await app.signInCustomer({ phone }), bornToday());
    const all = await Promise.all(Array.from({ length: 8 }, () => bought(till, card)));
    expect(all.sort()).toEqual(['1.00', '1.00', '1.00', '1.00', '1.00', '1.00', '1.00', '101.00']);
  });
});
