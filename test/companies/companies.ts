import { Companies } from '../../src/customers/companies/companies.service.js';
import type { Requisites } from '../../src/customers/companies/requisites.js';
import { EsiaStates } from '../../src/lines/esia/esia-states.service.js';
import { LineUsers } from '../../src/lines/users/line-users.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { customer, type Person } from '../auth/people.js';
import { type Subscriber, subscriber } from '../lines/subscriber.js';
import type { TestApp } from '../support/app.js';

const WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const STAFF = { kind: 'staff' } as const;
let made = 0;

/** A company's number that no other in this test file has, with its check digit. */
export function newInn(): string {
  const body = `78${String(1_000_000 + ++made)}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + String((sum % 11) % 10);
}

export interface Company extends Person {
  name: string;
  inn: string;
}

/** A customer who is a company, of whom nothing else is known. */
export async function company(app: TestApp, name = 'ООО «Ель»', known?: Person): Promise<Company> {
  const [person, inn] = [known ?? (await customer(app)), newInn()];
  const unknown: Omit<Requisites, 'name' | 'inn'> = {
    ...{ fullName: null, kpp: null, ogrn: null, address: null, bik: null, account: null, correspondent: null },
    ...{ signer: null, signerBasis: null, email: null },
  };
  await app.get(Companies).save({ customerId: person.customerId, revision: null }, { ...unknown, name, inn }, SYSTEM);
  return { ...person, name, inn };
}

/** A line of a company whose user has to be put into ESIA, by name where one is given. */
export async function companyLine(app: TestApp, owner: Company, user: string | null = null): Promise<Subscriber> {
  const line = await subscriber(app, owner, owner.name);
  if (user === null) {
    await app.get(EsiaStates).move(owner.customerId, [line.lineId], 'to_do', STAFF);
  } else {
    const named = { name: user, kind: 'person', note: null } as const;
    await app.get(LineUsers).name(owner.customerId, line.lineId, named, SYSTEM);
  }
  return line;
}

export async function lineRow(app: TestApp, lineId: string): Promise<Record<string, unknown>> {
  const [row] = await app.database.query(
    `select used_by, user_kind, user_note, esia_state, esia_due_on::text, esia_submitted_at is not null as submitted,
            esia_confirmed_at is not null as confirmed from line where id = $1`,
    [lineId],
  );
  return row!;
}

export async function eventsOf(app: TestApp, lineId: string): Promise<string[]> {
  const rows = await app.database.query<{ kind: string }>(
    'select kind from line_event where line_id = $1 order by seq',
    [lineId],
  );
  return rows.map(({ kind }) => kind);
}
