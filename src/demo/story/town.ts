import { randomInt } from 'node:crypto';
import type { ApiKeys } from '../../auth/api-keys/api-keys.service.js';
import { hashPassword } from '../../auth/passwords/password.hasher.js';
import { randomReadable } from '../../auth/secrets.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import { SYSTEM } from '../../shared/actor.js';
import { randomCardNumber } from '../../shared/ean13.js';
import { newId } from '../../shared/ids.js';
import { isWeakPin } from '../../stations/tills/pins.js';
import type { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import type { Till } from './plot.js';
import type { Seeds } from './seeds.js';

export interface OpenTill extends Till {
  station: string;
  key: string;
}

export interface Employee {
  role: StaffRole;
  email: string;
  password: string;
}

const STATION_COLUMNS = ['id', 'number', 'name', 'city', 'address', 'created_at'];
const BATCH_COLUMNS = ['id', 'title', 'size', 'created_at'];

/** The stations with their tills, the first till of the first station first. */
export async function openStations(
  sql: Sql,
  { stations, codes }: Pick<Seeds, 'stations' | 'codes'>,
  keys: ApiKeys,
  openedAt: Date,
): Promise<OpenTill[]> {
  const writes = new WriteSet();
  const tills: Omit<OpenTill, 'key'>[] = [];
  for (const { terminals, traffic, ...station } of stations) {
    const stationId = newId();
    writes.insert('station', STATION_COLUMNS, { id: stationId, created_at: openedAt, ...station });
    for (const { code, category } of codes.filter((alias) => alias.station === station.number)) {
      writes.insert('category_alias', ['station_id', 'code', 'category'], { station_id: stationId, code, category });
    }
    for (let number = 1; number <= terminals; number++) {
      const till = { terminalId: newId(), stationId, traffic, station: station.name };
      const row = { id: till.terminalId, station_id: stationId, name: `Касса ${number}`, created_at: openedAt };
      writes.insert('terminal', ['id', 'station_id', 'name', 'created_at'], row);
      tills.push(till);
    }
  }
  await writes.flush(sql);
  const open: OpenTill[] = [];
  for (const till of tills) {
    open.push({ ...till, key: (await keys.issueTerminalKey(sql, till.terminalId, SYSTEM)).key });
  }
  return open;
}

/** Somebody for the web till of a station, with a PIN of this installation's own. */
export async function hireCashier(
  sql: Sql,
  cashiers: TillCashiers,
  { stationId, station }: OpenTill,
): Promise<{ station: string; name: string; pin: string }> {
  const cashier = { name: 'Смирнова Е.', pin: randomPin() };
  await cashiers.addWithin(sql, stationId, cashier, SYSTEM);
  return { station, ...cashier };
}

function randomPin(): string {
  for (;;) {
    const pin = String(randomInt(10_000)).padStart(4, '0');
    if (!isWeakPin(pin)) return pin;
  }
}

/** One of each role, with a password nobody has thought of. */
export async function employ(sql: Sql, staff: Seeds['staff'], since: Date): Promise<Employee[]> {
  const writes = new WriteSet();
  const employees = await Promise.all(
    staff.map(async ({ role, name, email }) => {
      const password = randomReadable(4);
      const row = { id: newId(), email, name, role, password_hash: await hashPassword(password), created_at: since };
      writes.insert('staff', Object.keys(row), row);
      return { role, email, password };
    }),
  );
  await writes.flush(sql);
  return employees;
}

/** Plastic that lies at the office; returns its numbers. */
export async function printCards(sql: Sql, title: string, size: number, printedAt: Date): Promise<string[]> {
  const writes = new WriteSet();
  const batchId = newId();
  const numbers = drawNumbers(size);
  writes.insert('card_batch', BATCH_COLUMNS, { id: batchId, title, size, created_at: printedAt });
  for (const number of numbers) {
    const row = { number, kind: 'plastic', state: 'printed', batch_id: batchId, created_at: printedAt };
    writes.insert('card', Object.keys(row), row);
  }
  await writes.flush(sql);
  return numbers;
}

/** All different. Among a hundred million, numbers drawn on another occasion are different too. */
export function drawNumbers(count: number): string[] {
  const numbers = new Set<string>();
  while (numbers.size < count) numbers.add(randomCardNumber());
  return [...numbers];
}
