import { Database } from '../../src/infra/database/database.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { newId } from '../../src/shared/ids.js';
import { SimCandidates } from '../../src/sims/stock/sim-candidates.service.js';
import { SimStock } from '../../src/sims/stock/sim-stock.service.js';
import { StockKeeping } from '../../src/sims/stock/stock-keeping.service.js';
import type { Sql } from '../../src/infra/database/sql.js';
import { useApp } from '../support/app.js';
import { newNumber, openOffice, operatorId, receive } from './deliveries.js';

describe('the stock of SIM cards', () => {
  const app = useApp();
  const within = <T>(work: (sql: Sql) => Promise<T>) => app.get(Database).transaction(work);
  const reserve = (id: string, order: string) => within((sql) => app.get(SimStock).reserve(sql, id, order, SYSTEM));
  const release = (id: string, order: string) => within((sql) => app.get(SimStock).release(sql, id, order, SYSTEM));
  const assign = (id: string, order: string, number?: string) =>
    within((sql) => app.get(SimStock).assign(sql, id, order, SYSTEM, number));
  const takeBack = (id: string, officeId: string) =>
    within((sql) => app.get(SimStock).takeBack(sql, id, { kind: 'office', id: officeId }, 'передумал', SYSTEM));
  const writeOff = (id: string) => within((sql) => app.get(SimStock).writeOff(sql, id, 'сломана', SYSTEM));
  const restock = (id: string) => within((sql) => app.get(SimStock).restock(sql, id, SYSTEM));
  const stored = async (id: string) => {
    const [row] = await app.database.query('select state, office_id, number from sim_card where id = $1', [id]);
    return row;
  };
  const history = async (id: string) => {
    const rows = await app.database.query<{ verb: string }>(
      'select verb from sim_movement where sim_id = $1 order by seq',
      [id],
    );
    return rows.map(({ verb }) => verb);
  };
  const liveOrders = (id: string) =>
    app.database.query<{ order_id: string }>(
      'select order_id from sim_reservation where sim_id = $1 and ended_at is null',
      [id],
    );
  const code = (error: unknown) => (error as { code?: string }).code;

  it('gives a card to an order, the order to a customer, and takes it back', async () => {
    const officeId = await openOffice(app);
    const [id = ''] = await receive(app, 1, { officeId });
    const order = newId();
    await reserve(id, order);
    await reserve(id, order);
    expect(await stored(id)).toMatchObject({ state: 'reserved', office_id: officeId });
    await release(id, order);
    expect(await liveOrders(id)).toEqual([]);
    await reserve(id, order);
    await assign(id, order);
    expect(await stored(id)).toMatchObject({ state: 'assigned', office_id: null });
    expect(await liveOrders(id)).toEqual([{ order_id: order }]);
    await takeBack(id, officeId);
    await restock(id);
    expect(await stored(id)).toMatchObject({ state: 'in_stock', office_id: officeId });
    await writeOff(id);
    expect(await history(id)).toEqual([
      ...['received', 'reserved', 'released', 'reserved', 'assigned', 'returned', 'restocked', 'written_off'],
    ]);
  });

  it('keeps to the states', async () => {
    const [id = ''] = await receive(app);
    const [order, other, office] = [newId(), newId(), await openOffice(app)];
    await expect(assign(id, order)).rejects.toMatchObject({ code: 'sim_of_another_order' });
    await expect(takeBack(id, office)).rejects.toMatchObject({ code: 'sim_state_forbids' });
    await reserve(id, order);
    await expect(reserve(id, other)).rejects.toMatchObject({ code: 'sim_taken' });
    await expect(release(id, other)).rejects.toMatchObject({ code: 'sim_of_another_order' });
    await expect(writeOff(id)).rejects.toMatchObject({ code: 'sim_state_forbids' });
    await assign(id, order);
    await expect(release(id, order)).rejects.toMatchObject({ code: 'sim_state_forbids' });
    await writeOff(id);
    await expect(reserve(id, order)).rejects.toMatchObject({ code: 'sim_taken' });
    await expect(restock(id)).rejects.toMatchObject({ code: 'sim_state_forbids' });
    await expect(reserve(newId(), order)).rejects.toMatchObject({ code: 'sim_not_found' });
  });

  it('gives one card to exactly one of twenty orders that want it at once', async () => {
    const [id = ''] = await receive(app);
    const orders = Array.from({ length: 20 }, () => newId());
    const results = await Promise.allSettled(orders.map((order) => reserve(id, order)));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [code(result.reason)] : []));
    expect(refused).toEqual(Array(19).fill('sim_taken'));
    const winner = orders[results.findIndex(({ status }) => status === 'fulfilled')];
    expect(await liveOrders(id)).toEqual([{ order_id: winner }]);
    expect(await history(id)).toEqual(['received', 'reserved']);
  });

  it('hands ten cards to ten of twenty orders that take any', async () => {
    const ids = await receive(app, 10, { code: 'yota' });
    const wish = { operatorId: await operatorId(app, 'yota'), kind: 'physical' } as const;
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => within((sql) => app.get(SimStock).reserveAny(sql, wish, newId(), SYSTEM))),
    );
    const got = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(got.sort()).toEqual([...ids].sort());
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [code(result.reason)] : []));
    expect(refused).toEqual(Array(10).fill('sim_none_left'));
  });

  it('is refused a second reservation by the database itself', async () => {
    const [id = ''] = await receive(app);
    await reserve(id, newId());
    const second = app.database.query(
      'insert into sim_reservation (id, sim_id, order_id, reserved_at) values ($1, $2, $3, now())',
      [newId(), id, newId()],
    );
    await expect(second).rejects.toThrow('sim_reservation_live_idx');
  });

  it('lets one of a write-off and a reservation win', async () => {
    const ids = await receive(app, 10);
    for (const id of ids) {
      const [written, reserved] = await Promise.allSettled([
        app.get(StockKeeping).writeOff([id], 'потеряна', SYSTEM),
        reserve(id, newId()),
      ]);
      const off = written.status === 'fulfilled' && written.value.done === 1;
      expect(off).toBe(reserved.status === 'rejected');
      expect(await stored(id)).toMatchObject({ state: off ? 'written_off' : 'reserved' });
    }
  });

  it('tells a dynamic card its number, and takes it away when the card comes back', async () => {
    const officeId = await openOffice(app);
    const [id = ''] = await receive(app, 1, { officeId, sim: { number: null } });
    const [order, number] = [newId(), newNumber()];
    await reserve(id, order);
    await expect(assign(id, order)).rejects.toThrow(TypeError);
    await assign(id, order, number);
    expect(await stored(id)).toMatchObject({ state: 'assigned', number });
    await takeBack(id, officeId);
    await restock(id);
    expect(await stored(id)).toMatchObject({ state: 'in_stock', number: null });
  });

  it('has a living number on one card alone', async () => {
    const number = newNumber();
    const officeId = await openOffice(app);
    const [first = ''] = await receive(app, 1, { sim: { number } });
    expect(await receive(app, 1, { sim: { number } })).toEqual([]);
    const [dynamic = ''] = await receive(app, 1, { sim: { number: null } });
    const [order, other] = [newId(), newId()];
    await reserve(dynamic, other);
    await expect(assign(dynamic, other, number)).rejects.toMatchObject({ code: 'sim_number_taken' });
    await reserve(first, order);
    await assign(first, order);
    await takeBack(first, officeId);
    // The first one's number may live elsewhere now; then the card cannot be sold again.
    await assign(dynamic, other, number);
    await expect(restock(first)).rejects.toMatchObject({ code: 'sim_number_taken' });
  });

  it('has each card once, with its check digit or without', async () => {
    const [id = ''] = await receive(app);
    const [{ iccid } = { iccid: '' }] = await app.database.query<{ iccid: string }>(
      'select iccid from sim_card where id = $1',
      [id],
    );
    const other = iccid.slice(0, -1) + String((Number(iccid.at(-1)) + 1) % 10);
    expect(await receive(app, 1, { sim: { iccid: other } })).toEqual([]);
  });

  it('finds what an order may take', async () => {
    const operator = await operatorId(app, 't2');
    const sim = { region: 'Псков', kind: 'esim', number: '+79110001277' } as const;
    const [id = ''] = await receive(app, 1, { code: 't2', sim });
    const find = (wish: object) =>
      app.get(SimCandidates).find(app.database, { operatorId: operator, kind: 'esim', ...wish });
    const [found] = await find({ numberPattern: '12?7', region: 'Псков' });
    expect(found).toMatchObject({ id, number: '+79110001277', maskedIccid: expect.stringMatching(/•$/) });
    expect(await find({ numberPattern: '13?7' })).toEqual([]);
    expect(await find({ region: 'Луга' })).toEqual([]);
    expect(await find({ kind: 'physical' })).toEqual([]);
    await reserve(id, newId());
    expect(await find({})).toEqual([]);
  });

  it('remembers: nothing of a card’s history or identity can be changed or deleted', async () => {
    const [id = ''] = await receive(app);
    for (const statement of [
      'update sim_movement set reason = $$x$$ where sim_id = $1',
      'delete from sim_movement where sim_id = $1',
      'delete from sim_card where id = $1',
      'update sim_card set iccid_raw = $$x$$ where id = $1',
    ]) {
      await expect(app.database.query(statement, [id])).rejects.toMatchObject({ code: '23001' });
    }
    await expect(app.database.query(`update sim_card set office_id = null where id = $1`, [id])).rejects.toMatchObject({
      code: '23514',
    });
  });

  it('writes nothing of an ICCID into the audit', async () => {
    const [id = ''] = await receive(app);
    await reserve(id, newId());
    const rows = await app.database.query<{ facts: object }>(
      `select facts from audit_log where object_kind = 'sim' and object_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    const all = await app.database.query(`select from audit_log where facts::text ~ '8970'`);
    expect(all).toEqual([]);
  });
});
