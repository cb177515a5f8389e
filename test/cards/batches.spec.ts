import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { AuditLog } from '../../src/audit/audit-log.service.js';
import { BatchExport } from '../../src/cards/batch-export.service.js';
import { BatchService } from '../../src/cards/batch.service.js';
import { PossessionCodes } from '../../src/cards/possession-codes.service.js';
import type { Config } from '../../src/infra/config/config.js';
import { Database } from '../../src/infra/database/database.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { groupCardNumber, isEan13 } from '../../src/shared/ean13.js';
import { newId } from '../../src/shared/ids.js';
import { FakeClock } from '../support/clock.js';
import { useDatabase } from '../support/database.js';

// Before the database goes.
afterAll(() => pool.end());
const db = useDatabase();
const codes = new PossessionCodes({ keyFor: (purpose: string) => Buffer.from(purpose) } as Config);
const columns = ['Номер карты', 'Номер группами', 'Код карты', 'Партия'];
let pool: pg.Pool;
let batches: BatchService;
let exports: BatchExport;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: db.url, max: 4 });
  pool.on('error', () => undefined);
  const database = new Database(pool);
  batches = new BatchService(database, new AuditLog(), new FakeClock());
  exports = new BatchExport(database, codes, new AuditLog());
});

async function openStation(closed = false): Promise<string> {
  const id = newId();
  await db.query(
    `insert into station (id, number, name, city, address, closed_at)
     values ($1, (select coalesce(max(number), 0) + 1 from station), 'АЗС', 'Псков', 'Рижский пр., 1', $2)`,
    [id, closed ? new Date() : null],
  );
  return id;
}

async function cardsOf(batchId: string): Promise<{ number: string; state: string }[]> {
  return db.query('select number, state from card where batch_id = $1 order by number', [batchId]);
}

/** With its byte order mark. */
async function fileOf(csv: Readable): Promise<string> {
  return (await buffer(csv)).toString();
}

describe('printing a batch', () => {
  it('makes as many cards as were ordered, each with a number of its own and a check digit', async () => {
    const id = await batches.printBatch({ title: 'Весна', size: 500 }, SYSTEM);
    const cards = await cardsOf(id);
    expect(cards).toHaveLength(500);
    expect(new Set(cards.map(({ number }) => number)).size).toBe(500);
    expect(
      cards.every(({ number, state }) => isEan13(number) && number.startsWith('2990') && state === 'printed'),
    ).toBe(true);
  });

  it('makes 100,000 cards in seconds', async () => {
    const began = performance.now();
    const id = await batches.printBatch({ title: 'Большая', size: 100_000 }, SYSTEM);
    expect(performance.now() - began).toBeLessThan(20_000);
    const [row] = await db.query<{ count: string; distinct: string }>(
      'select count(*), count(distinct number) as distinct from card where batch_id = $1',
      [id],
    );
    expect(row).toEqual({ count: '100000', distinct: '100000' });
  }, 60_000);

  it('draws again where numbers are taken', async () => {
    // Some 100,000 of 100,000,000 numbers are taken: a tenth of a percent of these meets one of them.
    const size = 20_000;
    const id = await batches.printBatch({ title: 'После большой', size }, SYSTEM);
    expect(await cardsOf(id)).toHaveLength(size);
  }, 30_000);

  it('prints one batch for an order sent twice at once', async () => {
    const order = { id: newId(), title: 'Дважды', size: 200 };
    await Promise.all([batches.printBatch(order, SYSTEM), batches.printBatch(order, SYSTEM)]);
    expect(await cardsOf(order.id)).toHaveLength(200);
  });

  it('sends the cards straight to a station, but not to a closed one', async () => {
    const stationId = await openStation();
    const id = await batches.printBatch({ title: 'На станцию', size: 3, stationId }, SYSTEM);
    expect((await cardsOf(id)).map(({ state }) => state)).toEqual(['at_station', 'at_station', 'at_station']);
    const order = { id: newId(), title: 'На закрытую', size: 3, stationId: await openStation(true) };
    await expect(batches.printBatch(order, SYSTEM)).rejects.toMatchObject({
      fields: [{ path: 'stationId', code: 'station_unknown' }],
    });
    expect(await cardsOf(order.id)).toEqual([]);
  });

  it.each([0, -1, 100_001])('is refused by the database for %d cards', async (size) => {
    const id = newId();
    await expect(batches.printBatch({ id, title: 'Не бывает', size }, SYSTEM)).rejects.toThrow();
    expect(await db.query('select 1 from card_batch where id = $1', [id])).toEqual([]);
  });
});

describe('sending a batch to a station', () => {
  it('moves what is printed and leaves what is sold', async () => {
    const id = await batches.printBatch({ title: 'В путь', size: 4 }, SYSTEM);
    const [sold] = await cardsOf(id);
    const account = newId();
    await db.query(`insert into account (id, kind, unit, balance) values ($1, 'points', 'point', 0)`, [account]);
    await db.query(`update card set state = 'sold', account_id = $2 where number = $1`, [sold!.number, account]);
    const stationId = await openStation();
    await batches.sendToStation(id, stationId, SYSTEM);
    const states = (await cardsOf(id)).map(({ state }) => state).sort();
    expect(states).toEqual(['at_station', 'at_station', 'at_station', 'sold']);
    const [batch] = await db.query('select station_id from card_batch where id = $1', [id]);
    expect(batch).toEqual({ station_id: stationId });
  });

  it('knows only batches and stations that exist', async () => {
    const stationId = await openStation();
    await expect(batches.sendToStation(newId(), stationId, SYSTEM)).rejects.toMatchObject({ code: 'batch_not_found' });
    const id = await batches.printBatch({ title: 'Никуда', size: 1 }, SYSTEM);
    await expect(batches.sendToStation(id, newId(), SYSTEM)).rejects.toMatchObject({ code: 'invalid_request' });
    expect((await cardsOf(id)).map(({ state }) => state)).toEqual(['printed']);
  });
});

describe('the printer’s list', () => {
  it('holds every card with its groups and code, as spreadsheets like it', async () => {
    const id = await batches.printBatch({ title: '=СУММ(1;2) «Осень»', size: 12_000 }, SYSTEM);
    const { name, csv } = await exports.exportBatch(id, columns, SYSTEM);
    const file = await fileOf(csv);
    expect(name).toMatch(/^cards-batch-\d+\.csv$/);
    expect(file.startsWith('\ufeffНомер карты;Номер группами;Код карты;Партия\r\n')).toBe(true);
    expect(file.endsWith('\r\n')).toBe(true);
    const lines = file.trimEnd().split('\r\n').slice(1);
    const cards = await cardsOf(id);
    expect(lines).toHaveLength(cards.length);
    lines.forEach((line, i) => {
      const { number } = cards[i]!;
      // The semicolon is quoted, and the apostrophe keeps a spreadsheet from computing.
      expect(line).toBe(`${number};${groupCardNumber(number)};${codes.possessionCode(number)};"'=СУММ(1;2) «Осень»"`);
    });
  });

  it('is on record, and there is none of a batch that does not exist', async () => {
    const id = await batches.printBatch({ title: 'На память', size: 2 }, SYSTEM);
    const { csv } = await exports.exportBatch(id, columns, { kind: 'system' });
    await fileOf(csv);
    const events = await db.query(`select action, facts from audit_log where object_id = $1 order by seq`, [id]);
    expect(events).toEqual([
      { action: 'card_batch.printed', facts: { size: 2, stationId: null } },
      { action: 'card_batch.exported', facts: { size: 2 } },
    ]);
    await expect(exports.exportBatch(newId(), columns, SYSTEM)).rejects.toMatchObject({ code: 'batch_not_found' });
  });

  it('breaks off where the database does', async () => {
    const id = await batches.printBatch({ title: 'Обрыв', size: 12_000 }, SYSTEM);
    const lost = new Database(new pg.Pool({ connectionString: db.url, max: 1 }));
    const { csv } = await new BatchExport(lost, codes, new AuditLog()).exportBatch(id, columns, SYSTEM);
    await lost.pool.end();
    await expect(fileOf(csv)).rejects.toThrow();
  });
});
