import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { newId } from '../../src/shared/ids.js';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { textOf } from '../support/visitor.js';

const app = useApp();

/** A station of its own with one promotion, which counts there only. */
async function stationWith(terms: Partial<PromotionTerms>): Promise<{ till: Pos; promotionId: string }> {
  const { till, stationId } = await app.world.openStation();
  const promotions = app.get(Promotions);
  const here = { stationChoice: 'only' as const, stationIds: [stationId] };
  const promotionId = await promotions.draftPromotion({ ...PLAIN_TERMS, title: 'Акция', ...here, ...terms }, SYSTEM);
  await promotions.takeStep(promotionId, 'published', SYSTEM);
  return { till, promotionId };
}

/** What caps count, in days: points and receipts. */
async function usesOf(promotionId: string): Promise<string[]> {
  const rows = await app.database.query<{ points: string; receipts: number }>(
    'select points_hundredths as points, receipts from promotion_use where promotion_id = $1 order by day, account_id',
    [promotionId],
  );
  return rows.map(({ points, receipts }) => `${points}/${receipts}`);
}

describe('a refund under a promotion’s cap', () => {
  it('gives room back by sum, and after the whole of it the use is where it was', async () => {
    const { till, promotionId } = await stationWith({ kind: 'fixed', value: 5001, totalCapHundredths: 8000 });
    const card = await app.world.sellCard(till);
    const { body: first } = await till.purchase({ card, sum: '99.99' });
    const { body: second } = await till.purchase({ card, sum: '100.00' });
    expect([first.earned, second.earned]).toEqual(['51.00', '30.99']);
    expect(await usesOf(promotionId)).toEqual(['8000/2']);
    await till.refund(second.id, { sum: '33.33' });
    // 29.99 × 33.33 ÷ 100.00 = 9.995…
    expect(await usesOf(promotionId)).toEqual(['7001/2']);
    expect((await till.quote({ card, sum: '0.50' })).body.earned).toBe('9.99');
    await till.refund(second.id, { sum: '0.01' });
    await till.refund(second.id, { sum: '66.66' });
    expect(await usesOf(promotionId)).toEqual(['5001/1']);
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('30.99');
    await till.refund(first.id, { sum: '99.99' });
    expect(await usesOf(promotionId)).toEqual(['2999/1']);
  });

  it('gives it back by lines, and nothing for a line that the promotion gave nothing for', async () => {
    const { till, promotionId } = await stationWith({ kind: 'multiplier', value: 300, categories: ['food'] });
    const card = await app.world.sellCard(till);
    const lines = [
      { category: 'fuel', sum: '1000.00', price: '50.00', quantity: '20' },
      { category: 'food', sum: '100.00', price: '33.33', quantity: '3' },
    ];
    const { body: bought } = await till.purchase({ card, lines: [lines[0]!, { ...lines[1]!, sum: '99.99' }] });
    expect(bought.earned).toBe('12.98');
    await till.refund(bought.id, { lines: [{ index: 0, quantity: '20' }] });
    expect(await usesOf(promotionId)).toEqual(['199/1']);
    await till.refund(bought.id, { lines: [{ index: 1, quantity: '1' }] });
    expect(await usesOf(promotionId)).toEqual(['133/1']);
    await till.refund(bought.id, { lines: [{ index: 1, quantity: '2' }] });
    expect(await usesOf(promotionId)).toEqual(['0/0']);
  });

  it('gives it back on the day of the purchase, not on that of the refund', async () => {
    const { till, promotionId } = await stationWith({ kind: 'fixed', value: 5000, dayCapHundredths: 5000 });
    const card = await app.world.sellCard(till);
    const { body: bought } = await till.purchase({ card, sum: '100.00' });
    app.clock.advance({ days: 1 });
    await till.purchase({ card, sum: '100.00' });
    await till.refund(bought.id, { sum: '100.00' });
    expect(await usesOf(promotionId)).toEqual(['0/0', '5000/1']);
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('1.00');
  });

  it('gives it back to whoever activated the card since', async () => {
    const { till, promotionId } = await stationWith({ kind: 'fixed', value: 5000, totalCapHundredths: 5000 });
    const card = await app.world.sellCard(till);
    const { body: bought } = await till.purchase({ card, sum: '100.00' });
    const [{ account_id: before } = { account_id: '' }] = await app.database.query<{ account_id: string }>(
      'select account_id from card where number = $1',
      [card],
    );
    const { customerId } = await app.world.activate(card);
    // As the page keeps it.
    await app.database.query(
      `insert into activation (id, kind, card_number, customer_id, moved_from_account_id, started_at, completed_at)
       values ($1, 'plastic', $2, $3, $4, now(), now())`,
      [newId(), card, customerId, before],
    );
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('1.00');
    await till.refund(bought.id, { sum: '50.00' });
    expect(await usesOf(promotionId)).toEqual(['2500/1']);
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('26.00');
  });

  it('is once for refunds that come at once', async () => {
    const { till, promotionId } = await stationWith({ kind: 'fixed', value: 5000, totalCapHundredths: 5000 });
    const card = await app.world.sellCard(till);
    const { body: bought } = await till.purchase({ card, sum: '100.00' });
    await Promise.all(Array.from({ length: 8 }, () => till.refund(bought.id, { sum: '30.00' })));
    expect(await usesOf(promotionId)).toEqual(['500/1']);
    expect((await till.refund(bought.id, { sum: '10.01' })).status).toBe(409);
    expect(await usesOf(promotionId)).toEqual(['500/1']);
  });

  it('leaves the cost of the promotion without what was taken back', async () => {
    const { till, promotionId } = await stationWith({ kind: 'fixed', value: 5000 });
    const [kept, returned] = [await app.world.sellCard(till), await app.world.sellCard(till)];
    const { body: one } = await till.purchase({ card: kept, sum: '100.00' });
    const { body: other } = await till.purchase({ card: returned, sum: '100.00' });
    await till.refund(one.id, { sum: '20.00' });
    await till.refund(other.id, { sum: '100.00' });
    const manager = await app.signInStaff(await app.world.hire('manager'));
    const words = textOf(await manager.open(`/admin/promotions/${promotionId}`));
    expect(words).toMatch(/40,00|40 балл/);
    expect(words).toContain('1 чек');
    expect(words).not.toMatch(/100,00 балл|100 баллов/);
  });
});
