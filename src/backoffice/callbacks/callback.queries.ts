import { Injectable } from '@nestjs/common';
import type { Language } from '../../infra/i18n/texts.js';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { CallbackState, CallbackTopic, DialResult, Outcome } from '../../support/callbacks/callback.js';

export const SHOWN = ['waiting', 'overdue', 'taken', 'done', 'cancelled'] as const;
export type ShownState = (typeof SHOWN)[number];

export interface CallbackRow {
  id: string;
  version: number;
  phone: string;
  name: string | null;
  topic: CallbackTopic;
  language: Language;
  state: CallbackState;
  due_at: string;
  at_chosen_time: boolean;
  missed: number;
  outcome: Outcome | null;
  asked_at: string;
  closed_at: string | null;
  /** Whoever has it, or closed it. */
  staff_id: string | null;
  staff: string | null;
  customer_id: string | null;
  customer_surname: string | null;
  customer_name: string | null;
}

export interface RequestRow {
  source: 'site' | 'sms';
  topic: CallbackTopic | null;
  page: string | null;
  consent_version: string | null;
  asked_at: string;
  withdrawn_at: string | null;
}

export interface DialRow {
  result: DialResult;
  note: string | null;
  next_try_at: string | null;
  dialled_at: string;
  staff: string;
}

export interface CallbackFilter {
  /** Null for all that are open. */
  state: ShownState | null;
  topic: CallbackTopic | null;
  /** Only what this member of staff has or closed. */
  staffId: string | null;
  now: Date;
}

const PAGE = 50;
const MOST_COUNTED = 1000;
/** Rows of one callback that a page shows: nobody dials so often. */
const MOST_ROWS = 200;
const ROW = `
  c.id, c.version, c.phone, c.name, c.topic, c.language, c.state, c.due_at, c.at_chosen_time, c.missed, c.outcome,
  c.asked_at, c.closed_at, staff.id as staff_id, staff.name as staff, k.id as customer_id, k.surname as customer_surname,
  k.name as customer_name
  from callback c left join staff on staff.id = coalesce(c.assignee_id, c.closed_by)
  left join login l on l.phone = c.phone left join customer k on k.id = l.id`;
/** Spelled out, so that each finds its partial index. */
const WHERE: Record<ShownState | 'open', string> = {
  open: `c.state in ('waiting', 'taken')`,
  waiting: `c.state = 'waiting'`,
  overdue: `c.state = 'waiting'`,
  taken: `c.state = 'taken'`,
  done: `c.state = 'done' and c.closed_at is not null`,
  cancelled: `c.state = 'cancelled' and c.closed_at is not null`,
};

@Injectable()
export class CallbackQueries {
  constructor(private readonly database: Database) {}

  /** Open ones by due time, so what is overdue comes first; closed ones newest first. */
  async list({ state, topic, staffId, now }: CallbackFilter, after: unknown): Promise<Page<CallbackRow>> {
    const closed = state === 'done' || state === 'cancelled';
    const params: unknown[] = [];
    const where = [WHERE[state ?? 'open']];
    if (state === 'overdue') where.push(`c.due_at < $${params.push(now)}`);
    if (topic) where.push(`c.topic = $${params.push(topic)}`);
    if (staffId) where.push(mine(closed, `$${params.push(staffId)}`));
    const [column, direction, beyond] = closed ? ['c.closed_at', 'desc', '<'] : ['c.due_at', 'asc', '>'];
    const key = readKey(after, ['time', 'uuid']);
    if (key) {
      const [at, id] = key.map((part) => params.push(part));
      where.push(`(${column}, c.id) ${beyond} ($${at}, $${id})`);
    }
    const rows = await this.database.query<CallbackRow>(
      `select ${ROW} where ${where.join(' and ')}
       order by ${column} ${direction}, c.id ${direction} limit ${PAGE + 1}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [closed ? (row.closed_at ?? '') : row.due_at, row.id]);
  }

  async find(id: string): Promise<CallbackRow | undefined> {
    const [callback] = await this.database.query<CallbackRow>(`select ${ROW} where c.id = $1`, [id]);
    return callback;
  }

  requests(id: string): Promise<RequestRow[]> {
    return this.database.query<RequestRow>(
      `select source, topic, page, consent_version, asked_at, withdrawn_at from callback_request
       where callback_id = $1 order by asked_at, id limit ${MOST_ROWS}`,
      [id],
    );
  }

  dials(id: string): Promise<DialRow[]> {
    return this.database.query<DialRow>(
      `select d.result, d.note, d.next_try_at, d.dialled_at, staff.name as staff
       from callback_dial d join staff on staff.id = d.staff_id
       where d.callback_id = $1 order by d.dialled_at desc, d.id desc limit ${MOST_ROWS}`,
      [id],
    );
  }

  comments(id: string): Promise<{ body: string; written_at: string; staff: string }[]> {
    return this.database.query(
      `select m.body, m.written_at, staff.name as staff from callback_comment m join staff on staff.id = m.staff_id
       where m.callback_id = $1 order by m.written_at, m.id limit ${MOST_ROWS}`,
      [id],
    );
  }

  /** Other callbacks to the same number, newest first. */
  earlier({ id, phone }: CallbackRow): Promise<Pick<CallbackRow, 'id' | 'topic' | 'asked_at' | 'outcome' | 'state'>[]> {
    return this.database.query(
      `select id, topic, asked_at, outcome, state from callback where phone = $1 and id <> $2
       order by asked_at desc limit 5`,
      [phone, id],
    );
  }

  /** How many wait longer than was promised; no more than the limit is counted. */
  async overdue(now: Date): Promise<{ count: number; limit: number; more: boolean }> {
    const [row] = await this.database.query<{ count: string }>(
      `select count(*) from (select from callback where state = 'waiting' and due_at < $1 limit ${MOST_COUNTED + 1}) due`,
      [now],
    );
    const count = Number(row?.count ?? 0);
    return { count, limit: MOST_COUNTED, more: count > MOST_COUNTED };
  }
}

function mine(closed: boolean, place: string): string {
  return closed ? `c.closed_by = ${place}` : `c.assignee_id = ${place} and c.state = 'taken'`;
}
