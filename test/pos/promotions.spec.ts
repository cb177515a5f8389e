import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { PLAIN_TERMS, type PromotionTerms } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { newId } from '../../src/shared/ids.js';
import { TestApp, useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';

const app = useApp();

async function publish(terms: Partial<PromotionTerms>): Promise<string> {
  const promotions = app.get(Promotions);
  const id = await promotions.draftPromotion({ ...PLAIN_TERMS, title: 'Акция', ...terms }, SYSTEM);
  await promotions.takeStep(id, 'published', SYSTEM);
  return id;
}

/** Each test has a station of its own, and promotions there only. */
async function newTill(): Promise<{ till: Pos; here: Partial<PromotionTerms> }> {
  const { till, stationId } = await app.world.openStation();
  return { till, here: { stationChoice: 'only', stationIds: [stationId] } };
}

describe('a promotion at the till', () => {
  it('earns beside the base rule, and every line says by which rule', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, title: 'Выходные ×2', categories: ['fuel'] });
    const card = await app.world.sellCard(till);
    const lines = [
      { category: 'fuel', sum: '2000.00' },
      { category: 'food', sum: '300.00' },
    ];
    const quoted = await till.quote({ card, lines });
    const bought = await till.purchase({ card, lines });
    expect(bought.status).toBe(201);
    expect(bought.body.earned).toBe('43.00');
    expect(bought.body.lines[0].rules).toEqual([
      { code: 'base', title: '1 % от покупки', points: '20.00' },
      { code: expect.stringMatching(/^promo-\d+$/), title: 'Выходные ×2', points: '20.00' },
    ]);
    expect(bought.body.lines[1].rules).toEqual([{ code: 'base', title: '1 % от покупки', points: '3.00' }]);
    expect(quoted.body).toMatchObject({ earned: '43.00', lines: bought.body.lines });
    const kept = await till.findPurchase(bought.body.id as string);
    expect(kept.body.lines).toEqual(bought.body.lines);
  });

  it('is nothing as a draft, before its days, after them and at other stations', async () => {
    const { till, here } = await newTill();
    const today = app.clock.now().toISOString().slice(0, 10);
    await app.get(Promotions).draftPromotion({ ...PLAIN_TERMS, ...here, title: 'Черновик' }, SYSTEM);
    await publish({ ...here, firstDay: '2099-01-01' });
    await publish({ ...here, lastDay: '2020-01-01' });
    const elsewhere = await publish({ ...here, stationChoice: 'except' });
    const card = await app.world.sellCard(till);
    expect((await till.purchase({ card, sum: '1000.00' })).body.earned).toBe('10.00');
    await publish({ ...here, firstDay: today });
    expect((await till.purchase({ card, sum: '1000.00' })).body.earned).toBe('20.00');
    await app.get(Promotions).takeStep(elsewhere, 'ended', SYSTEM);
  });

  it('quotes without counting', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 5000, totalCapHundredths: 5000 });
    const card = await app.world.sellCard(till);
    for (let time = 0; time < 3; time++) {
      expect((await till.quote({ card, sum: '100.00' })).body.earned).toBe('51.00');
    }
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('51.00');
    expect((await till.quote({ card, sum: '100.00' })).body.earned).toBe('1.00');
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('1.00');
  });

  it('gives what a cap leaves, by day and in all, by the station’s days', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 5000, dayCapHundredths: 8000, totalCapHundredths: 15_000 });
    const card = await app.world.sellCard(till);
    const earned = async (): Promise<unknown> => (await till.purchase({ card, sum: '0.50' })).body.earned;
    expect([await earned(), await earned(), await earned()]).toEqual(['50.00', '30.00', '0.00']);
    app.clock.advance({ days: 1 });
    expect([await earned(), await earned(), await earned()]).toEqual(['50.00', '20.00', '0.00']);
  });

  it('counts what a card got before its activation for whoever activated it', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 5000, totalCapHundredths: 5000 });
    const card = await app.world.sellCard(till);
    expect((await till.purchase({ card, sum: '0.50' })).body.earned).toBe('50.00');
    const { customerId } = await app.world.activate(card);
    expect((await till.purchase({ card, sum: '0.50' })).body.earned).toBe('0.00');
    // And for whoever they turn out to be.
    const other = await app.world.activeCard(till);
    const { id: staffId } = await app.world.hire('manager');
    await app.get(CustomerMerging).merge({ fromId: customerId, intoId: other.customerId, staffId });
    expect((await till.purchase({ card: other.number, sum: '0.50' })).body.earned).toBe('0.00');
  });

  it('greets the first purchase only, also among those that arrive together', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 10_000, firstPurchase: true });
    const card = await app.world.sellCard(till);
    const answers = await Promise.all(Array.from({ length: 12 }, () => till.purchase({ card, sum: '100.00' })));
    const earned = answers.map(({ body }) => String(body.earned)).sort();
    expect(earned).toEqual([...Array.from({ length: 11 }, () => '1.00'), '101.00'].sort());
  });

  it('knows birthdays', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 10_000, birthdayDays: 3 });
    const { number: card, customerId } = await app.world.activeCard(till);
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('1.00');
    const born = (days: string): Promise<unknown> =>
      app.database.query(
        `update customer set birth_date = ($2::timestamptz + $3::interval - interval '30 years')::date where id = $1`,
        [customerId, app.clock.now(), days],
      );
    await born('3 days');
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('101.00');
    await born('5 days');
    expect((await till.purchase({ card, sum: '100.00' })).body.earned).toBe('1.00');
  });

  it('leaves no trace of a refused purchase in its caps', async () => {
    const { till, here } = await newTill();
    await publish({ ...here, kind: 'fixed', value: 5000, totalCapHundredths: 5000 });
    const { number: card } = await app.world.activeCard(till);
    const [refused, bought] = await Promise.all([
      till.purchase({ card, sum: '100.00', redeem: '90.00' }),
      till.purchase({ card, sum: '0.50' }),
    ]);
    expect([refused.status, bought.body.earned]).toEqual([409, '50.00']);
  });
});

describe('another process', () => {
  let other: TestApp;
  beforeAll(async () => {
    other = await TestApp.start({ role: 'web', beside: app });
  });
  afterAll(() => other.close());

  it('never gives more than the caps, however many purchases come at once', async () => {
    const { till, here } = await newTill();
    const id = await publish({
      ...here,
      kind: 'fixed',
      value: 700,
      dayCapHundredths: 10_000,
      totalCapHundredths: 10_000,
    });
    const card = await app.world.sellCard(till);
    const tills = [till, other.pos(till.terminalKey)];
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => tills[index % 2]!.purchase({ card, sum: '0.50' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const cents = answers.reduce((sum, { body }) => sum + Math.round(Number(body.earned) * 100), 0);
    expect(cents).toBe(10_000);
    const uses = await app.database.query<{ points: string; receipts: string }>(
      `select sum(points_hundredths) as points, sum(receipts) as receipts from promotion_use where promotion_id = $1`,
      [id],
    );
    expect(uses).toEqual([{ points: '10000', receipts: '15' }]);
  });

  it('goes by a change with its very next purchase', async () => {
    const { till, here } = await newTill();
    const there = other.pos(till.terminalKey);
    const promotions = app.get(Promotions);
    const card = await app.world.sellCard(till);
    const earned = async (pos: Pos): Promise<unknown> => (await pos.purchase({ card, sum: '1000.00' })).body.earned;
    expect(await earned(there)).toBe('10.00');
    const id = await publish(here);
    expect([await earned(there), await earned(till)]).toEqual(['20.00', '20.00']);
    await promotions.takeStep(id, 'paused', SYSTEM);
    expect([await earned(there), await earned(till)]).toEqual(['10.00', '10.00']);
    await promotions.takeStep(id, 'resumed', SYSTEM);
    const { version, terms } = await promotions.findPromotion(id);
    await promotions.changePromotion(id, version, { ...terms, value: 500 }, SYSTEM);
    expect([await earned(there), await earned(till)]).toEqual(['50.00', '50.00']);
    await promotions.takeStep(id, 'ended', SYSTEM);
    expect([await earned(there), await earned(till)]).toEqual(['10.00', '10.00']);
  });
});

describe('a change', () => {
  it('is refused where somebody else was faster, or the promotion has ended', async () => {
    const promotions = app.get(Promotions);
    const id = await publish({ stationChoice: 'only', stationIds: [newId()] });
    const { version, terms } = await promotions.findPromotion(id);
    await promotions.changePromotion(id, version, { ...terms, value: 300 }, SYSTEM);
    const late = promotions.changePromotion(id, version, { ...terms, value: 400 }, SYSTEM);
    await expect(late).rejects.toThrow('promotion_changed');
    await promotions.takeStep(id, 'ended', SYSTEM);
    await expect(promotions.changePromotion(id, version + 2, terms, SYSTEM)).rejects.toThrow('promotion_ended');
    await expect(promotions.takeStep(id, 'resumed', SYSTEM)).rejects.toThrow('promotion_step');
  });

  it('stays written down, whatever anybody does', async () => {
    await publish({ stationChoice: 'only', stationIds: [newId()] });
    await expect(app.database.query('delete from promotion_version')).rejects.toThrow('only grows');
  });
});
