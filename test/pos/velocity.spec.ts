import { VelocityLimits } from '../../src/loyalty/fraud/velocity-limits.service.js';
import { type VelocityRuleCode } from '../../src/loyalty/fraud/velocity-rules.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';

describe('a limit that is set to block', () => {
  const app = useApp();
  const limit = (code: VelocityRuleCode, threshold: bigint, blocks = true) =>
    app.get(VelocityLimits).change([{ code, threshold, blocks }], SYSTEM);
  afterEach(() => app.database.query('update velocity_limit set blocks = false'));

  it('lets the limit through and nothing above it, whatever comes at once', async () => {
    await limit('card_receipts_hour', 2n);
    const till = await app.world.openTill();
    const [card, other] = [await app.world.sellCard(till), await app.world.sellCard(till)];
    const answers = await Promise.all(Array.from({ length: 8 }, () => till.purchase({ card })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, ...Array<number>(6).fill(409)]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'velocity_exceeded', title: 'Слишком много покупок с картой' });
    expect((await till.quote({ card })).body.code).toBe('velocity_exceeded');
    expect((await till.purchase({ card: other })).status).toBe(201);
    app.clock.shift({ minutes: 61 });
    expect((await till.purchase({ card })).status).toBe(201);
  });

  it('counts points spent by all cards of a customer until the day ends', async () => {
    const till = await app.world.openTill();
    const { number: card } = await app.world.activeCard(till);
    await till.purchase({ card, sum: '50000.00' });
    await limit('customer_redeemed_day', 10_000n);
    expect((await till.purchase({ card, sum: '100.00', redeem: '60.00' })).status).toBe(201);
    expect((await till.purchase({ card, sum: '100.00', redeem: '40.01' })).body.code).toBe('velocity_exceeded');
    expect((await till.purchase({ card, sum: '100.00', redeem: '40.00' })).status).toBe(201);
    app.clock.shift({ days: 1 });
    expect((await till.purchase({ card, sum: '100.00', redeem: '60.00' })).status).toBe(201);
  });

  it('is one that somebody set: by themselves limits only alert', async () => {
    await limit('card_till_receipts_hour', 1n, false);
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    const answers = [await till.purchase({ card }), await till.purchase({ card })];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    await limit('card_till_receipts_hour', 1n);
    expect((await till.purchase({ card })).body.code).toBe('velocity_exceeded');
    const elsewhere = await app.world.openTill();
    expect((await elsewhere.purchase({ card })).status).toBe(201);
  });
});
