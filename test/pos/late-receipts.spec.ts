import { randomUUID } from 'node:crypto';
import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';
import { type PromotionStep, Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

const HOUR_MS = 3_600_000;
const app = useApp();

describe('a receipt that comes late', () => {
  let till: Pos;
  let here: Partial<PromotionTerms>;
  let card: string;

  beforeEach(async () => {
    const { till: opened, stationId } = await app.world.openStation();
    till = opened;
    here = { stationChoice: 'only', stationIds: [stationId] };
    card = await app.world.sellCard(till);
    app.clock.advance({ hours: 1 });
  });

  async function publish(terms: Partial<PromotionTerms> = {}): Promise<string> {
    const id = await app.get(Promotions).draftPromotion({ ...PLAIN_TERMS, title: 'Акция', ...here, ...terms }, SYSTEM);
    await take(id, 'published');
    return id;
  }
  const take = (id: string, step: PromotionStep) => app.get(Promotions).takeStep(id, step, SYSTEM);

  /** What a batch that arrives now earns with a receipt of so many hours ago. */
  async function earnedFrom(hoursAgo: number): Promise<string> {
    const at = new Date(app.clock.now().getTime() - hoursAgo * HOUR_MS).toISOString();
    const body = till.purchaseBody({ card, receipt: { ...till.receipt(), at } });
    const { body: answer } = await till.batches([{ key: randomUUID(), call: 'purchase', body }]);
    const [{ status, body: purchase }] = answer.results;
    expect(status).toBe(201);
    return purchase.earned as string;
  }

  it('earns by what was published when it was printed', async () => {
    await publish();
    app.clock.advance({ hours: 2 });
    expect([await earnedFrom(2.5), await earnedFrom(1), await earnedFrom(0)]).toEqual(['10.00', '20.00', '20.00']);
  });

  it('earns by what ran before a pause, and not by what was paused', async () => {
    const id = await publish();
    app.clock.advance({ hours: 2 });
    await take(id, 'paused');
    app.clock.advance({ hours: 2 });
    await take(id, 'resumed');
    app.clock.advance({ hours: 2 });
    await take(id, 'ended');
    app.clock.advance({ hours: 1 });
    const hoursAgo = [7.5, 6, 4, 2, 0.5];
    const earned = [];
    for (const hours of hoursAgo) earned.push(await earnedFrom(hours));
    expect(earned).toEqual(['10.00', '20.00', '10.00', '20.00', '10.00']);
  });

  it('earns by the terms of its time', async () => {
    const id = await publish({ value: 300 });
    app.clock.advance({ hours: 2 });
    const { version, terms } = await app.get(Promotions).findPromotion(id);
    await app.get(Promotions).changePromotion(id, version, { ...terms, value: 500 }, SYSTEM);
    app.clock.advance({ hours: 2 });
    expect([await earnedFrom(3), await earnedFrom(1)]).toEqual(['30.00', '50.00']);
  });

  it('counts towards the caps of a promotion that is over', async () => {
    const id = await publish({ kind: 'fixed', value: 5000, totalCapHundredths: 7000 });
    app.clock.advance({ hours: 2 });
    await take(id, 'ended');
    app.clock.advance({ days: 3 });
    expect([await earnedFrom(73), await earnedFrom(73), await earnedFrom(73)]).toEqual(['60.00', '30.00', '10.00']);
    const [use] = await app.database.query(
      'select points_hundredths, receipts from promotion_use where promotion_id = $1',
      [id],
    );
    expect(use).toEqual({ points_hundredths: '7000', receipts: 2 });
  });

  it('is quoted and registered alike', async () => {
    const id = await publish();
    app.clock.advance({ hours: 2 });
    await take(id, 'ended');
    const receipt = { ...till.receipt(), at: new Date(app.clock.now().getTime() - HOUR_MS).toISOString() };
    expect((await till.quote({ card, receipt })).body.earned).toBe('20.00');
    expect((await till.purchase({ card, receipt })).body.earned).toBe('20.00');
    expect((await till.purchase({ card })).body.earned).toBe('10.00');
  });

  it('earns on confirmation by the moment it was authorised', async () => {
    const id = await publish();
    const { body: held } = await till.hold({ card });
    app.clock.advance({ minutes: 5 });
    await take(id, 'paused');
    app.clock.advance({ minutes: 1 });
    expect((await till.confirm(held.id as string)).body.earned).toBe('20.00');
  });
});
