import { useApp } from '../support/app.js';

describe('the application under test', () => {
  const app = useApp();

  it('is the real one on its own database', async () => {
    expect((await app.visitor().get('/readyz')).status).toBe(200);
  });

  it('has a clock that moves when told', async () => {
    const before = app.clock.now().getTime();
    app.clock.advance({ days: 1 });
    expect(app.clock.now().getTime() - before).toBe(24 * 3_600_000);
    await app.runDue();
  });

  it('has tills that sell cards and send purchases', async () => {
    const till = await app.world.openTill();
    const card = await app.world.sellCard(till);
    const key = 'the same call';
    const first = await till.purchase(
      { card, sum: '1250.00', receipt: { number: '1', at: app.clock.now().toISOString() } },
      { key },
    );
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ state: 'confirmed', earned: '12.50', balance: { available: '12.50' } });
    expect((await till.card(card)).body.balance.available).toBe('12.50');
  });

  it('lets staff in through the real form', async () => {
    const admin = await app.world.hire('admin');
    const visitor = await app.signInStaff(admin);
    expect((await visitor.get('/admin')).status).toBe(200);
  });
});
