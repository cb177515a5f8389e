import { Database } from '../../src/infra/database/database.js';
import { luhnDigit } from '../../src/shared/luhn.js';
import { SimReceiving } from '../../src/sims/import/sim-receiving.service.js';
import type { NewSim } from '../../src/sims/import/sim-rows.js';
import { Offices } from '../../src/sims/offices/offices.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { TestApp } from '../support/app.js';
import type { Visitor } from '../support/visitor.js';

let made = 0;

/** Of МегаФон, 19 digits; no other test file has it in the same database. */
export function newIccid(prefix = '8970102', digits = 19): string {
  const body = prefix + String(++made).padStart(digits - 1 - prefix.length, '0');
  return body + luhnDigit(body);
}

export function newNumber(): string {
  return `+7931${String(1_000_000 + ++made)}`;
}

export async function operatorId(app: TestApp, code = 'megafon'): Promise<string> {
  const [row] = await app.database.query<{ id: string }>('select id from operator where code = $1', [code]);
  return row!.id;
}

export function openOffice(app: TestApp, name = `Офис ${++made}`): Promise<string> {
  return app.get(Offices).open({ name, address: 'Псков, ул. Труда, 1' }, SYSTEM);
}

export interface Ware {
  code?: string;
  officeId?: string;
  party?: string;
  sim?: Partial<NewSim>;
}

/** Cards that lie at an office, by the verb that imports use; answers their ids. */
export async function receive(
  app: TestApp,
  count = 1,
  { code, officeId, party = 'П-1', sim }: Ware = {},
): Promise<string[]> {
  const office = officeId ?? (await openOffice(app));
  const sims = Array.from({ length: count }, (): NewSim => {
    const iccid = sim?.iccid ?? newIccid();
    const plain = { kind: 'physical', tariffName: null, region: null, party: null } as const;
    const rest = { priceKopecks: null, balanceKopecks: null, codes: null, lpa: null };
    return { iccid, body: iccid.slice(0, -1), raw: iccid, number: newNumber(), ...plain, ...rest, ...sim };
  });
  const delivery = { operatorId: await operatorId(app, code), officeId: office, party };
  await app.get(Database).transaction((sql) => app.get(SimReceiving).receive(sql, delivery, sims, SYSTEM));
  const rows = await app.database.query<{ id: string }>('select id from sim_card where iccid = any($1) order by id', [
    sims.map(({ iccid }) => iccid),
  ]);
  return rows.map(({ id }) => id);
}

/** Uploads a file and sends the mapping that was guessed; answers the page that says what would come in. */
export async function checkFile(
  visitor: Visitor,
  content: string | Buffer,
  fields: Record<string, string>,
): ReturnType<Visitor['follow']> {
  const uploaded = await visitor.upload('/admin/sims/import', { name: 'сим.csv', content }, fields);
  return visitor.follow(await visitor.submit(await visitor.follow(uploaded), {}, /check$/));
}
