import request from 'supertest';
import { SYSTEM } from '../../../src/shared/actor.js';
import { TillCashiers } from '../../../src/stations/tills/till-cashiers.service.js';
import { TerminalsService } from '../../../src/stations/terminals.service.js';
import { StationsService } from '../../../src/stations/stations.service.js';
import { useApp } from '../../support/app.js';
import { fieldErrors, textOf } from '../../support/visitor.js';
import { PIN, tablet } from './till-device.js';

const app = useApp();

describe('a device that serves as a till', () => {
  it('is a stranger until it is paired with a terminal’s key', async () => {
    const device = await tablet(app);
    const sent = await device.visitor.get('/till');
    expect([sent.status, sent.headers.location]).toEqual([303, '/till/pairing']);
    const call = await device.get('state');
    expect([call.status, call.body.code]).toEqual([401, 'till_not_paired']);
    expect(call.headers['content-type']).toContain('application/problem+json');

    const refused = await device.pair('sk_pos_wrong');
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)['terminalCode']).toContain('Ключ кассы не подходит');
    expect(refused.text).not.toContain('sk_pos_wrong');

    const paired = await device.pair();
    expect(paired.headers.location).toBe('/till/pin');
    const cookie = String(paired.headers['set-cookie']);
    expect(cookie).toMatch(/till=[\w-]{43}; Max-Age=31536000;.*HttpOnly; SameSite=Strict/);
    const [row] = await app.database.query('select token_hash from till_device');
    expect(JSON.stringify(row)).not.toContain(/till=([\w-]{43})/.exec(cookie)![1]);
  });

  it('asks for a PIN first, and shows whose till it is then', async () => {
    const device = await tablet(app);
    await device.pair();
    expect((await device.visitor.get('/till')).headers.location).toBe('/till/pin');
    expect((await device.get('state')).body.code).toBe('till_pin_required');
    expect((await device.pin()).headers.location).toBe('/till');
    const { body } = await device.get('state');
    expect(body).toMatchObject({ cashier: 'Ольга К.', terminal: 'Касса 1', cardPrice: '100.00' });
    expect(body.now).toBe(app.clock.now().toISOString());
    await device.visitor.submit('/till/pin');
  });

  // Before any test that moves the clock: the purge that follows forgets the tries.
  it('may be paired wrongly ten times a quarter of an hour', async () => {
    await app.database.query('delete from rate_limit');
    const device = await tablet(app);
    for (let tries = 0; tries < 10; tries++) expect((await device.pair(`sk_pos_${tries}`)).status).toBe(422);
    expect((await device.pair()).status).toBe(429);
    await app.database.query('delete from rate_limit');
  });

  it('is asked for the PIN again after 15 idle minutes, whatever a poll in the background does', async () => {
    const device = await (await tablet(app)).open();
    app.clock.advance({ minutes: 14 });
    expect((await device.get('state')).status).toBe(200);
    app.clock.advance({ minutes: 14 });
    expect((await device.get('state', { background: true })).status).toBe(200);
    app.clock.advance({ minutes: 1, seconds: 1 });
    expect((await device.get('state', { background: true })).body.code).toBe('till_pin_required');
    await device.pin();
    app.clock.shift({ days: 20 });
    expect((await device.get('state')).status).toBe(200);
  });

  it('is locked for 15 minutes by five wrong PINs, the right one included', async () => {
    const device = await tablet(app);
    await device.pair();
    const wrong = await device.pin('1111');
    expect([wrong.status, fieldErrors(wrong)['pinCode']]).toEqual([422, 'Неверный PIN-код. Осталось попыток: 4.']);
    for (const pin of ['1112', '1113', '1114']) await device.pin(pin);
    const locked = await device.pin('1115');
    expect(locked.status).toBe(429);
    expect(textOf(locked)).toContain('Попробуйте через 15 мин.');
    expect((await device.pin()).status).toBe(429);
    app.clock.advance({ minutes: 15, seconds: 1 });
    expect((await device.pin()).status).toBe(303);
    expect(await audited('till_device.locked')).toBe(1);
  });

  it('judges PINs that come at once one after another', async () => {
    const device = await tablet(app);
    await device.pair();
    const page = await device.visitor.open('/till/pin');
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        device.visitor.submit(page, { cashier: device.cashierId, pinCode: `31${10 + n}` }, '/till/pin'),
      ),
    );
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(4);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(8);
  });

  it('knows only cashiers of its own station', async () => {
    const [here, there] = [await tablet(app), await tablet(app)];
    await here.pair();
    const page = await here.visitor.open('/till/pin');
    const foreign = await here.visitor.submit(page, { cashier: there.cashierId, pinCode: PIN }, '/till/pin');
    expect(foreign.status).toBe(422);
  });

  it('is out at once when it is taken off, its key is revoked, or its place closes', async () => {
    const clerk = await app.signInStaff(await app.world.hire('manager'));
    const terminals = app.get(TerminalsService);
    const ways = [
      (stationId: string) => clerk.submit(`/admin/stations/${stationId}`, {}, /\/devices\/.*\/revocation$/),
      (_: string, terminalId: string) => terminals.removeTerminal(terminalId, SYSTEM),
      (stationId: string) => app.get(StationsService).closeStation(stationId, SYSTEM),
      async (_: string, terminalId: string) => {
        const [key] = await app.database.query<{ id: string }>('select id from api_key where terminal_id = $1', [
          terminalId,
        ]);
        await terminals.revokeKey(terminalId, key!.id, SYSTEM);
      },
    ];
    for (const takeOff of ways) {
      const device = await (await tablet(app)).open();
      expect((await device.get('state')).status).toBe(200);
      await takeOff(device.stationId, device.terminalId);
      expect((await device.get('state')).body.code).toBe('till_not_paired');
    }
    expect(await audited('till_device.revoked')).toBe(1);
  });
});

describe('a station’s cashiers', () => {
  it('are added, given another PIN and removed by a manager', async () => {
    const device = await tablet(app);
    const clerk = await app.signInStaff(await app.world.hire('manager'));
    const page = `/admin/stations/${device.stationId}`;
    const added = await clerk.submit(page, { cashierName: 'Пётр', pinCode: '4096' }, `${page}/cashiers`);
    expect(textOf(await clerk.follow(added))).toContain('Пётр теперь может работать за веб-кассой');
    const weak = await clerk.submit(page, { cashierName: 'Анна', pinCode: '1234' }, `${page}/cashiers`);
    expect(fieldErrors(weak)['pinCode']).toContain('угадают');
    const taken = await clerk.submit(page, { cashierName: 'пётр', pinCode: '4096' }, `${page}/cashiers`);
    expect(fieldErrors(taken)['cashierName']).toContain('уже есть');

    await device.open();
    await clerk.submit(page, { newCode: '8421' }, `${page}/cashiers/${device.cashierId}/pin`);
    expect((await device.get('state')).body.code).toBe('till_pin_required');
    expect((await device.pin()).status).toBe(422);
    expect((await device.pin('8421')).status).toBe(303);
    await clerk.submit(page, {}, `${page}/cashiers/${device.cashierId}/removal`);
    expect((await device.get('state')).body.code).toBe('till_pin_required');
    for (const action of ['added', 'pin_changed', 'removed']) {
      expect(await audited(`till_cashier.${action}`)).not.toBe(0);
    }
    const [row] = await app.database.query('select pin_digest from till_cashier where name = $1', ['Пётр']);
    expect(JSON.stringify(row)).not.toContain('4096');
  });

  it('are none of an operator’s business', async () => {
    const device = await tablet(app);
    const operator = await app.signInStaff(await app.world.hire('operator'));
    expect((await operator.get(`/admin/stations/${device.stationId}`)).status).toBe(403);
  });

  it('of another station cannot be changed through this one', async () => {
    const [here, there] = [await tablet(app), await tablet(app)];
    const change = app.get(TillCashiers).changePin(here.stationId, there.cashierId, '8421', SYSTEM);
    await expect(change).rejects.toMatchObject({ code: 'cashier_not_found' });
  });
});

it('only the till and the claims may use the camera and run its reader', async () => {
  const device = await (await tablet(app)).open();
  const till = await device.visitor.get('/till');
  expect(till.headers['permissions-policy']).toContain('camera=(self)');
  expect(till.headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'");
  const home = await request(app.url).get('/');
  expect(home.headers['permissions-policy']).toContain('camera=()');
  expect(home.headers['content-security-policy']).not.toContain('wasm');
});

// Last: what is purged by then would be missed by the tests above.
describe('a month later', () => {
  it('a device has to be paired anew, by real time', async () => {
    const device = await (await tablet(app)).open();
    app.clock.advance({ days: 29, hours: 23 });
    expect((await device.get('state')).body.code).toBe('till_pin_required');
    app.clock.advance({ hours: 2 });
    expect((await device.get('state')).body.code).toBe('till_not_paired');
  });
});

async function audited(action: string): Promise<number> {
  const rows = await app.database.query('select 1 from audit_log where action = $1', [action]);
  return rows.length;
}
