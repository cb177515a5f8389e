import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { isClosed, type OrderState, type Way } from '../../orders/order.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { OrderFilter } from './order-filter.js';

export interface OrderListRow {
  id: string;
  number: string;
  revision: number;
  state: OrderState;
  held_from: OrderState | null;
  sim_id: string | null;
  name: string;
  company: string | null;
  phone: string;
  way: Way;
  foreign_citizen: boolean;
  operator: string;
  tariff: string;
  assignee_id: string | null;
  assignee: string | null;
  next_call_at: string | null;
  created_at: string;
  closed_at: string | null;
  /** What an open list goes by: a time, or `infinity`. */
  due: string;
}

interface Narrowed {
  where: string[];
  params: unknown[];
}

export interface Asked extends OrderFilter {
  staffId: string;
  now: Date;
}

const PAGE = 50;
const MOST_COUNTED = 200;
export const DUE = `coalesce(s.next_call_at, 'infinity')`;
const DUE_KEY = /^(infinity|\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([+-]\d{2}(:?\d{2})?|Z))$/;
export const COLUMNS = `s.id, s.number, s.revision, s.state, s.held_from, s.sim_id, s.name, s.company, s.phone, s.way, s.foreign_citizen, p.name as operator,
  v.name as tariff, s.assignee_id, h.name as assignee, s.next_call_at, s.created_at, s.closed_at, ${DUE}::text as due`;
export const AROUND = `join operator p on p.id = s.operator_id join tariff_version v on v.id = s.tariff_version_id
  left join staff h on h.id = s.assignee_id`;

@Injectable()
export class OrderListQueries {
  constructor(private readonly database: Database) {}

  /** Open ones by their next call, so what is overdue comes first; closed ones newest first; what is searched for, newest first. */
  list(asked: Asked, after: unknown): Promise<Page<OrderListRow>> {
    if (asked.digits !== null) return this.search(asked.digits);
    return asked.state !== null && isClosed(asked.state) ? this.closed(asked, after) : this.open(asked, after);
  }

  /** The first so many of those that are open. */
  first(asked: Asked, most: number): Promise<Page<OrderListRow>> {
    return this.open(asked, null, most);
  }

  /** How many have their call behind time; no more than the limit is counted. */
  async overdue(now: Date): Promise<{ count: number; limit: number; more: boolean }> {
    const [row] = await this.database.query<{ count: string }>(
      `select count(*) from (
         select from sim_order s where s.closed_at is null and ${DUE} < $1 limit ${MOST_COUNTED + 1}) due`,
      [now],
    );
    const count = Number(row?.count ?? 0);
    return { count, limit: MOST_COUNTED, more: count > MOST_COUNTED };
  }

  private async open(asked: Asked, after: unknown, most = PAGE): Promise<Page<OrderListRow>> {
    const { where, params } = openOnes(asked);
    const [due = '', id] = readKey(after, ['text', 'uuid']) ?? [];
    if (id && DUE_KEY.test(due)) where.push(`(${DUE}, s.id) > ($${params.push(due)}, $${params.push(id)})`);
    const rows = await this.rows(`${where.join(' and ')} order by ${DUE}, s.id`, params, most);
    return pageOf(rows, most, (row) => [row.due, row.id]);
  }

  private async closed(asked: Asked, after: unknown): Promise<Page<OrderListRow>> {
    const { where, params } = narrowed(asked);
    where.push('s.closed_at is not null');
    const key = readKey(after, ['time', 'uuid']);
    if (key) where.push(`(s.closed_at, s.id) < ($${params.push(key[0])}, $${params.push(key[1])})`);
    const rows = await this.rows(`${where.join(' and ')} order by s.closed_at desc, s.id desc`, params);
    return pageOf(rows, PAGE, (row) => [row.closed_at ?? '', row.id]);
  }

  /** The first fifty, whatever their state: whoever sees more types more digits. */
  private async search(digits: string): Promise<Page<OrderListRow>> {
    const rows = await this.rows(
      `s.id in (select id from sim_order where number = $1
                union (select id from sim_order where reverse(phone) collate "C" like $2 limit 500))
       order by s.created_at desc, s.id desc`,
      [digits, `${[...digits].reverse().join('')}%`],
    );
    return { rows: rows.slice(0, PAGE), next: null };
  }

  private rows(condition: string, params: unknown[], most = PAGE): Promise<OrderListRow[]> {
    const sql = `select ${COLUMNS} from sim_order s ${AROUND} where ${condition} limit ${most + 1}`;
    return this.database.query<OrderListRow>(sql, params);
  }
}

/** Conditions on `sim_order s`. */
export function openOnes(asked: Asked): Narrowed {
  const { where, params } = narrowed(asked);
  where.push('s.closed_at is null');
  if (asked.overdue) where.push(`${DUE} < $${params.push(asked.now)}`);
  return { where, params };
}

function narrowed({ state, mine, free, operator, way, staffId }: Asked): Narrowed {
  const [where, params]: [string[], unknown[]] = [[], []];
  if (state) where.push(`s.state = $${params.push(state)}`);
  if (mine) where.push(`s.assignee_id = $${params.push(staffId)}`);
  if (free) where.push('s.assignee_id is null');
  if (operator) where.push(`s.operator_id = (select id from operator where code = $${params.push(operator)})`);
  if (way) where.push(`s.way = $${params.push(way)}`);
  return { where, params };
}
