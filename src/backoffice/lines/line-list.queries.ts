import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { LINE_STATES, type LineState } from '../../lines/line-state.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { TaskKind } from '../../tasks/operator-task.js';
import { FEWEST_DIGITS, type LineFilter } from './line-filter.js';

export interface LineListRow {
  id: string;
  number: string;
  state: LineState;
  /** By which of its numbers it was found; null in a list that nobody searches. */
  found: string | null;
  used_by: string | null;
  /** A company's, of which it has not said who uses it. */
  unnamed: boolean;
  opened_at: string;
  operator: string;
  operator_colour: string;
  tariff: string;
  surname: string | null;
  name: string | null;
  /** What the operator is busy with. */
  doing: TaskKind | null;
}

interface Reading {
  /** Which lines. */
  sql: string;
  params: unknown[];
  /** Of what has been picked. */
  order: string;
}

const PAGE = 50;
/** After every digit that a number may go on with. */
const END = ':';
const ROW = `
  l.id, l.number, picked.found, l.state, l.used_by, l.opened_at, o.name as operator, o.colour as operator_colour, v.name as tariff,
  c.surname, c.name, t.kind as doing,
  l.user_kind is null and exists (select from company m where m.customer_id = l.customer_id and m.closed_at is null) as unnamed
  from picked join line l on l.id = picked.id join operator o on o.id = l.operator_id
  join tariff_version v on v.id = l.tariff_version_id join customer c on c.id = l.customer_id
  left join operator_task t on t.line_id = l.id and t.closed_at is null`;

/** The list of lines: as fast among a million as among ten thousand. */
@Injectable()
export class LineListQueries {
  constructor(private readonly database: Database) {}

  /** The newest first, or by the digits of a number from its end. */
  async list(filter: LineFilter, after: unknown): Promise<Page<LineListRow>> {
    if (filter.digits !== null && filter.digits.length < FEWEST_DIGITS) return { rows: [], next: null };
    const { sql, params, order } = filter.digits === null ? newestFirst(filter, after) : searched(filter, after);
    const rows = await this.database.query<LineListRow & Record<string, unknown>>(
      `with picked as (${sql}) select ${ROW} order by ${order}`,
      params,
    );
    const keyOf = ({ id, found }: LineListRow): string[] => (found === null ? [id] : [reversed(found), id]);
    return pageOf(rows, PAGE, keyOf);
  }
}

/** Each choice of operator and state is read in its own order, and what comes first of all of them is kept. */
function newestFirst({ operatorId, state }: LineFilter, after: unknown): Reading {
  const params: unknown[] = [];
  const key = readKey(after, ['uuid']);
  const beyond = key ? ` and id < $${params.push(key[0])}` : '';
  const order = 'l.id desc';
  if (operatorId === null && state === null) {
    return {
      sql: `select id, null as found from line where true${beyond} order by id desc limit ${PAGE + 1}`,
      params,
      order,
    };
  }
  const states = `$${params.push(state ? [state] : LINE_STATES)}`;
  const operator = operatorId ? ` where o.id = $${params.push(operatorId)}` : '';
  const one = `select id from line where operator_id = choice.operator_id and state = choice.state${beyond}
    order by id desc limit ${PAGE + 1}`;
  const sql = `select found.id, null as found from (select o.id as operator_id, state from operator o, unnest(${states}::text[]) state${operator}
    ) choice cross join lateral (${one}) found order by id desc limit ${PAGE + 1}`;
  return { sql, params, order };
}

/** By its number or by one that it had before another came over to it; each is read off an index of its own. */
function searched({ digits, operatorId, state }: LineFilter, after: unknown): Reading {
  const from = reversed(digits!);
  const params: unknown[] = [from, from + END];
  const where = ['true'];
  if (operatorId) where.push(`l.operator_id = $${params.push(operatorId)}`);
  if (state) where.push(`l.state = $${params.push(state)}`);
  const key = readKey(after, ['text', 'uuid']);
  const beyond = key ? `($${params.push(key[0])}, $${params.push(key[1])}::uuid)` : null;
  const one = (number: string, table: string, more: string): string => {
    const place = `reverse(${number}) collate "C"`;
    const next = beyond === null ? '' : ` and (${place}, l.id) > ${beyond}`;
    return `(select l.id, ${number} as found, ${place} as found_place from ${table} where ${place} >= $1 and ${place} < $2 ${more}
      and ${where.join(' and ')}${next} order by ${place}, l.id limit ${PAGE + 1})`;
  };
  const present = one('l.number', 'line l', '');
  // Once, where both numbers end alike.
  const former = one(
    `(t.details ->> 'number')`,
    'operator_task t join line l on l.id = t.line_id',
    `and t.kind = 'port' and t.state = 'done'
      and not (reverse(l.number) collate "C" >= $1 and reverse(l.number) collate "C" < $2)`,
  );
  const sql = `${present} union all ${former} order by found_place, id limit ${PAGE + 1}`;
  return { sql, params, order: 'reverse(picked.found) collate "C", l.id' };
}

function reversed(digits: string): string {
  return [...digits].reverse().join('');
}
