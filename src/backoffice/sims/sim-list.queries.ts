import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type KeyPart, type Page, pageOf, readKey } from '../../shared/keyset.js';
import { isHeld, type SimKind, simKinds, type SimState, simStates } from '../../sims/stock/sim-state.js';
import type { SimFilter } from './sim-filter.js';

export interface SimRow {
  id: string;
  iccid: string;
  kind: SimKind;
  number_kind: 'static' | 'dynamic';
  number: string | null;
  state: SimState;
  operator: string;
  operator_colour: string;
  office: string | null;
  holder: string | null;
  party: string;
  tariff_name: string | null;
  created_at: string;
}

/** Which cards, in which order, through which index. */
interface Reading {
  sql: string;
  params: unknown[];
  key: readonly KeyPart[];
  keyOf: (row: SimRow) => readonly string[];
  /** Of what has been picked. */
  order: string;
}

export const SIMS_ON_PAGE = 50;
/** After every digit that a number may go on with. */
const END = ':';
const ROW = `
  s.id, s.iccid, s.kind, s.number_kind, s.number, s.state, s.party, s.tariff_name, s.created_at, op.name as operator,
  op.colour as operator_colour, o.name as office, h.name as holder
  from picked join sim_card s on s.id = picked.id join operator op on op.id = s.operator_id
  left join office o on o.id = s.office_id left join staff h on h.id = s.holder_id`;

/** The list of SIM cards: as fast in a stock of a million as in one of ten thousand. */
@Injectable()
export class SimListQueries {
  constructor(private readonly database: Database) {}

  async list(filter: SimFilter, after: unknown): Promise<Page<SimRow>> {
    const reading = readingOf(filter, after, SIMS_ON_PAGE + 1);
    if (!reading) return { rows: [], next: null };
    const rows = await this.database.query<SimRow>(
      `with picked as (${reading.sql}) select ${ROW} order by ${reading.order}`,
      reading.params,
    );
    return pageOf(rows, SIMS_ON_PAGE, reading.keyOf);
  }

  /** The first so many that the filter finds, for what is done with all of them. */
  async ids(filter: SimFilter, most: number): Promise<string[]> {
    const reading = readingOf(filter, null, most);
    if (!reading) return [];
    const rows = await this.database.query<{ id: string }>(reading.sql, reading.params);
    return rows.map(({ id }) => id);
  }
}

function readingOf(filter: SimFilter, after: unknown, limit: number): Reading | null {
  const { search } = filter;
  if (search.kind === 'nothing') return null;
  if (search.kind === 'all') return newestFirst(filter, after, limit);
  const reversed = (digits: string): string => [...digits].reverse().join('');
  if (search.kind === 'iccid') {
    return searched(filter, after, limit, BY_ICCID, ['iccid_body = any($1::text[])', [search.bodies]]);
  }
  if (search.kind === 'iccid_prefix') {
    return searched(filter, after, limit, BY_ICCID, between('iccid', search.digits, search.digits + END));
  }
  const digits = reversed(search.kind === 'tail' ? search.digits : search.number);
  return searched(filter, after, limit, BY_NUMBER, between('reverse(number)', digits, digits + END));
}

/** Each choice of operator, state and kind is read in its own order, and what comes first of all of them is kept. */
function newestFirst(filter: SimFilter, after: unknown, limit: number): Reading {
  const params: unknown[] = [];
  const key = readKey(after, ['uuid']);
  const beyond = key ? ` and id < $${params.push(key[0])}` : '';
  const order = 'id desc';
  const common = { params, key: ['uuid'] as const, keyOf: (row: SimRow) => [row.id], order: 's.id desc' };
  const isNarrow = filter.operatorId ?? filter.state ?? filter.kind ?? filter.place ?? filter.party;
  if (isNarrow === null) {
    return { sql: `select id from sim_card where true${beyond} order by ${order} limit ${limit}`, ...common };
  }
  const states = filter.state ? [filter.state] : filter.place ? simStates.filter(isHeld) : simStates;
  const kinds = filter.kind ? [filter.kind] : simKinds;
  const [state, kind] = [`$${params.push(states)}`, `$${params.push(kinds)}`];
  const operator = filter.operatorId ? ` where o.id = $${params.push(filter.operatorId)}` : '';
  const wide = wideConditions(filter, params).map((condition) => ` and ${condition}`);
  const one = `select id from sim_card
    where operator_id = choice.operator_id and state = choice.state and kind = choice.kind${wide.join('')}${beyond}
    order by ${order} limit ${limit}`;
  return {
    sql: `select found.id from (
        select o.id as operator_id, state, kind from operator o, unnest(${state}::text[]) state, unnest(${kind}::text[]) kind${operator}
      ) choice cross join lateral (${one}) found order by ${order} limit ${limit}`,
    ...common,
  };
}

interface Ordering {
  columns: string;
  key: readonly KeyPart[];
  keyOf: (row: SimRow) => readonly string[];
  order: string;
}

const BY_ICCID: Ordering = {
  columns: 'iccid collate "C"',
  key: ['text'],
  keyOf: (row) => [row.iccid],
  order: 's.iccid collate "C"',
};
const BY_NUMBER: Ordering = {
  columns: 'reverse(number) collate "C", id',
  key: ['text', 'uuid'],
  keyOf: (row) => [[...(row.number ?? '')].reverse().join(''), row.id],
  order: 'reverse(s.number) collate "C", s.id',
};

function searched(
  filter: SimFilter,
  after: unknown,
  limit: number,
  ordering: Ordering,
  [found, values]: [string, unknown[]],
): Reading {
  const params = [...values];
  const where = [found, ...wideConditions(filter, params)];
  if (filter.operatorId) where.push(`operator_id = $${params.push(filter.operatorId)}`);
  if (filter.state) where.push(`state = $${params.push(filter.state)}`);
  if (filter.kind) where.push(`kind = $${params.push(filter.kind)}`);
  const key = readKey(after, ordering.key);
  if (key) where.push(`(${ordering.columns}) > (${key.map((part) => `$${params.push(part)}`).join(', ')})`);
  const sql = `select id from sim_card where ${where.join(' and ')} order by ${ordering.columns} limit ${limit}`;
  return { sql, params, key: ordering.key, keyOf: ordering.keyOf, order: ordering.order };
}

function between(column: string, from: string, to: string): [string, unknown[]] {
  return [`${column} collate "C" >= $1 and ${column} collate "C" < $2`, [from, to]];
}

function wideConditions({ place, party }: SimFilter, params: unknown[]): string[] {
  const where: string[] = [];
  if (place) where.push(`${place.kind === 'office' ? 'office_id' : 'holder_id'} = $${params.push(place.id)}`);
  if (party) where.push(`party = $${params.push(party)}`);
  return where;
}
