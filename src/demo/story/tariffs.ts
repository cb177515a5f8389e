import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from '../../infra/database/sql.js';
import { WriteSet } from '../../infra/database/write-set.js';
import { ROOT } from '../../infra/root.js';
import type { Actor } from '../../shared/actor.js';
import { newId } from '../../shared/ids.js';
import { readTariffFile } from '../../tariffs/import/tariff-file.js';
import { type ReadRow, readTariffRow } from '../../tariffs/import/tariff-rows.js';
import { SAID_BY_NOBODY } from '../../tariffs/tariff-terms.js';
import type { Rooms } from './rooms.js';

/** Sellers without a network of their own, whose tariffs the file holds besides those of the networks. */
const RESELLERS = [
  { code: 'bezlimit', name: 'Безлимит', colour: '#7b2cff', position: 70 },
  { code: 'ekomobile', name: 'ЭкоМобайл', colour: '#3fa535', position: 80 },
] as const;

/** The real tariffs of the demo, published as they stand in their sources: what a source does not say stays unknown. */
export async function stockTariffs(sql: Sql, rooms: Pick<Rooms, 'drafts' | 'publishing'>, since: Date): Promise<void> {
  const [manager] = await sql.query<{ id: string }>(`select id from staff where role = 'manager' limit 1`);
  const actor: Actor = manager ? { kind: 'staff', id: manager.id } : { kind: 'system' };
  const operators = await openOperators(sql, since);
  for (const { slug, operatorId, terms } of readSeed(operators)) {
    const all = { ...SAID_BY_NOBODY, ...terms };
    const id = await rooms.drafts.draft(sql, { operatorId, slug, origin: 'demo' }, all, actor);
    await rooms.publishing.publish(sql, id, { revision: 1, from: null }, actor);
  }
}

async function openOperators(sql: Sql, since: Date): Promise<Map<string, string>> {
  const writes = new WriteSet();
  for (const reseller of RESELLERS) {
    const row = { id: newId(), ...reseller, iccid_prefixes: [], created_at: since };
    writes.insert('operator', Object.keys(row), row);
  }
  await writes.flush(sql);
  const operators = await sql.query<{ id: string; name: string }>('select id, name from operator');
  return new Map(operators.map(({ id, name }) => [name.toLowerCase(), id]));
}

function readSeed(operators: ReadonlyMap<string, string>): ReadRow[] {
  const file = readTariffFile(readFileSync(join(ROOT, 'seeds', 'tariffs.csv')));
  return file.map((line) => {
    const read = readTariffRow(line, operators);
    if (Array.isArray(read)) throw new Error(`seeds/tariffs.csv: ${JSON.stringify(read)}`);
    return read;
  });
}
