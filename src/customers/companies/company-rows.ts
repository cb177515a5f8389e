import type { Requisites } from './requisites.js';

/** A company as the database keeps it. */
export interface StoredCompany {
  id: string;
  customer_id: string;
  revision: number;
  name: string;
  full_name: string | null;
  inn: string;
  kpp: string | null;
  ogrn: string | null;
  address: string | null;
  bik: string | null;
  account: string | null;
  correspondent: string | null;
  signer: string | null;
  signer_basis: string | null;
  email: string | null;
}

const FIELDS = {
  ...{ name: 'name', fullName: 'full_name', inn: 'inn', kpp: 'kpp', ogrn: 'ogrn', address: 'address', bik: 'bik' },
  ...{
    account: 'account',
    correspondent: 'correspondent',
    signer: 'signer',
    signerBasis: 'signer_basis',
    email: 'email',
  },
} as const satisfies Record<keyof Requisites, keyof StoredCompany>;
const NAMES = Object.keys(FIELDS) as (keyof Requisites)[];

export const COLUMNS = Object.values(FIELDS);
/** Conditions are added with `and`. */
export const LIVE_COMPANY = `select id, customer_id, revision, ${COLUMNS.join(', ')} from company where closed_at is null`;

/** In the order of the columns. */
export function valuesOf(requisites: Requisites): (string | null)[] {
  return NAMES.map((name) => requisites[name]);
}

export function changedFields(company: StoredCompany, requisites: Requisites): (keyof Requisites)[] {
  return NAMES.filter((name) => company[FIELDS[name]] !== requisites[name]);
}
