import { SYSTEM } from '../../../src/shared/actor.js';
import { TillCashiers } from '../../../src/stations/tills/till-cashiers.service.js';
import { useApp } from '../../support/app.js';
import { cashier, tablet } from './till-device.js';

const app = useApp();

describe('the web till', () => {
  it('quotes, earns and spends by the rules of the POS API, under the cashier’s name', async () => {
    const device = await (await tablet(app)).open();
    const { number } = await app.world.activeCard(device.till);
    const found = await device.get(`cards/${number}`);
    expect(found.body).toMatchObject({ number, canRedeem: true, holder: 'Ирина П.' });
    await device.purchase({ card: number, sum: '20000.00' });

    const body = device.till.purchaseBody({ card: number, sum: '300.00', redeem: 'max' });
    const quote = await device.post('purchases/quote', body, { key: null });
    expect(quote.body).toMatchObject({ state: 'quoted', redeemed: '200.00', toPay: '100.00', earned: '1.00' });
    const bought = await device.purchase({ card: number, sum: '300.00', redeem: '200.00', cashier: 'Кто-то другой' });
    expect(bought.status).toBe(201);
    expect(bought.body).toMatchObject({ redeemed: '200.00', balance: { available: '1.00' } });
    const rows = await app.database.query('select cashier, terminal_id from purchase where id = $1', [bought.body.id]);
    expect(rows).toEqual([{ cashier: 'Ольга К.', terminal_id: device.terminalId }]);
  });

  it('sells a card under the cashier’s name', async () => {
    const device = await (await tablet(app)).open();
    const [number = ''] = await app.world.printCards();
    const sold = await device.post(`cards/${number}/sale`, {});
    expect([sold.status, sold.body]).toEqual([201, { number, state: 'sold', price: '100.00' }]);
    const again = await device.post(`cards/${number}/sale`, {});
    expect([again.status, again.body.code]).toEqual([409, 'card_already_sold']);
    expect(again.body.title).toBe('Карта уже продана');
    const rows = await app.database.query('select cashier from card_sale where card_number = $1', [number]);
    expect(rows).toEqual([{ cashier: 'Ольга К.' }]);
  });

  it('registers a receipt once, however often it is sent', async () => {
    const device = await (await tablet(app)).open();
    const { number } = await app.world.activeCard(device.till);
    const body = device.till.purchaseBody({ card: number, sum: '1000.00' });
    const answers = await Promise.all([1, 2, 3].map(() => device.post('purchases', body, { key: 'the-same' })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await device.get(`cards/${number}`)).body.balance.available).toBe('10.00');
    const other = await device.post('purchases', { ...body, redeem: 'max' }, { key: 'the-same' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('keeps a receipt’s cashier, though another one sends it', async () => {
    const device = await (await tablet(app)).open();
    const { number } = await app.world.activeCard(device.till);
    const { shift } = (await device.get('state')).body;
    const body = { ...device.till.purchaseBody({ card: number }), shift };
    const next = await cashier(app, device.stationId, 'Пётр', '4096');
    await device.visitor.submit('/till/pin', { cashier: next, pinCode: '4096' }, '/till/pin');
    await app.get(TillCashiers).remove(device.stationId, device.cashierId, SYSTEM);
    const sent = await device.post('purchases', body, { key: 'waited' });
    expect(sent.status).toBe(201);
    const again = await device.post('purchases', body, { key: 'waited' });
    expect(again.text).toBe(sent.text);
    const rows = await app.database.query('select cashier from purchase where id = $1', [sent.body.id]);
    expect(rows).toEqual([{ cashier: 'Ольга К.' }]);
  });

  it('takes no shift of another terminal', async () => {
    const [here, there] = [await (await tablet(app)).open(), await (await tablet(app)).open()];
    const { number } = await app.world.activeCard(here.till);
    const { shift } = (await there.get('state')).body;
    for (const foreign of [shift, 'nonsense', null]) {
      const answer = await here.post('purchases', { ...here.till.purchaseBody({ card: number }), shift: foreign });
      expect([answer.status, answer.body.code]).toEqual([400, 'till_shift_unknown']);
    }
  });

  it('refuses writes without a token, without a key, and in another form than JSON', async () => {
    const device = await (await tablet(app)).open();
    const { number } = await app.world.activeCard(device.till);
    expect((await device.purchase({ card: number }, { csrf: 'nonsense' })).body.code).toBe('stale_form');
    expect((await device.purchase({ card: number }, { key: null })).body.code).toBe('idempotency_key_required');
    expect((await device.purchase({ card: number }, { type: 'form' })).status).toBe(415);
    expect((await device.get(`cards/${number}`)).body.balance.available).toBe('0.00');
  });

  it('is stopped from guessing cards as any till is', async () => {
    const device = await (await tablet(app)).open();
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++) statuses.push((await device.get('cards/2990000000000')).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
  });

  it('is no way into the POS API, nor the POS API’s key a way into it', async () => {
    const device = await (await tablet(app)).open();
    const stranger = app.visitor();
    expect((await stranger.get('/till/api/state')).status).toBe(401);
    expect((await device.visitor.get('/api/pos/v1/cards/2990000000000')).status).toBe(401);
  });
});
