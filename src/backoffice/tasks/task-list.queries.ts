import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import { TASK_CHANNELS, TASK_KINDS, type StoredTask } from '../../tasks/operator-task.js';
import { isClosedList, statesOf, type TaskFilter } from './task-filter.js';

type Shown =
  'id' | 'number' | 'revision' | 'kind' | 'channel' | 'state' | 'attempts' | 'due_at' | 'sent_at' | 'closed_at';

export interface TaskListRow extends Pick<StoredTask, Shown> {
  /** E.164. */
  phone: string;
  operator: string;
  assignee: string | null;
}

export interface Asked extends TaskFilter {
  now: Date;
}

const PAGE = 50;
const MOST_COUNTED = 1000;
const MOST_LINES = 50;
const ROW = `
  t.id, t.number, t.revision, t.kind, t.channel, t.state, t.attempts, t.due_at, t.sent_at, t.closed_at,
  t.details->>'number' as phone, o.name as operator, h.name as assignee
  from picked join operator_task t on t.id = picked.id join operator o on o.id = t.operator_id
  left join staff h on h.id = t.assignee_id`;

@Injectable()
export class TaskListQueries {
  constructor(private readonly database: Database) {}

  /** Open ones by when they are due, so what is overdue comes first; closed ones newest first; what is searched for, newest first. */
  async list(asked: Asked, after: unknown): Promise<Page<TaskListRow>> {
    if (asked.digits !== null) return this.search(asked.digits);
    const closed = isClosedList(asked);
    const { sql, params } = picking(asked, after, PAGE + 1);
    const order = closed ? 't.closed_at desc, t.id desc' : 't.due_at, t.id';
    const rows = await this.database.query<TaskListRow>(
      `with picked as (${sql}) select ${ROW} order by ${order}`,
      params,
    );
    return pageOf(rows, PAGE, (row) => [closed ? (row.closed_at ?? '') : row.due_at, row.id]);
  }

  /** How many are behind time; no more than the limit is counted. */
  async overdue(now: Date): Promise<{ count: number; limit: number; more: boolean }> {
    const [row] = await this.database.query<{ count: string }>(
      `select count(*) from (
         select from operator_task where closed_at is null and due_at < $1 limit ${MOST_COUNTED + 1}) due`,
      [now],
    );
    const count = Number(row?.count ?? 0);
    return { count, limit: MOST_COUNTED, more: count > MOST_COUNTED };
  }

  /** The first fifty, whatever their state: whoever sees more types more digits. */
  private async search(digits: string): Promise<Page<TaskListRow>> {
    const rows = await this.database.query<TaskListRow>(
      `with picked as (
         select id from operator_task where number = $1
         union select t.id from (select id from line where reverse(number) collate "C" like $2 limit ${MOST_LINES}) l
           cross join lateral (select id from operator_task where line_id = l.id order by created_at desc limit ${PAGE}) t
       ) select ${ROW} order by t.created_at desc, t.id desc limit ${PAGE}`,
      [digits, `${[...digits].reverse().join('')}%`],
    );
    return { rows, next: null };
  }
}

/** Which tasks, each through an index that has them in order; `explain` is asked of it by a test. */
export function picking(asked: Asked, after: unknown, limit: number): { sql: string; params: unknown[] } {
  const params: unknown[] = [];
  const bind = (value: unknown): string => `$${params.push(value)}`;
  const closed = isClosedList(asked);
  const [by, way, beyond] = closed ? ['closed_at', ' desc', '<'] : ['due_at', '', '>'];
  const key = readKey(after, ['time', 'uuid']);
  const where = [`closed_at is ${closed ? 'not null' : 'null'}`];
  if (key) where.push(`(${by}, id) ${beyond} (${bind(key[0])}, ${bind(key[1])})`);
  if (asked.overdue && !closed) where.push(`due_at < ${bind(asked.now)}`);
  const order = `order by ${by}${way}, id${way} limit ${limit}`;
  const choices = choicesOf(asked, bind);
  if (choices === null) return { sql: `select id from operator_task where ${where.join(' and ')} ${order}`, params };
  const one = `select id, ${by} from operator_task where ${[...choices.same, ...where].join(' and ')} ${order}`;
  return { sql: `select found.id from (${choices.from}) choice cross join lateral (${one}) found ${order}`, params };
}

/** The stretches of an index that are read side by side; null where one index holds all in order. */
function choicesOf(asked: Asked, bind: (value: unknown) => string): { from: string; same: string[] } | null {
  const { state, assignee, operator, kind, channel } = asked;
  if ([state, assignee, operator, kind, channel].every((asks) => asks === null)) return null;
  const states = `unnest(${bind(statesOf(asked))}::text[]) state`;
  const ofOperator = operator === null ? '' : ` where code = ${bind(operator)}`;
  if (assignee !== null) {
    const same = [
      assignee === 'none' ? 'assignee_id is null' : `assignee_id = ${bind(assignee)}`,
      'state = choice.state',
    ];
    if (operator !== null) same.push(`operator_id in (select id from operator${ofOperator})`);
    if (kind !== null) same.push(`kind = ${bind(kind)}`);
    if (channel !== null) same.push(`channel = ${bind(channel)}`);
    return { from: `select state from ${states}`, same };
  }
  const kinds = `unnest(${bind(kind === null ? TASK_KINDS : [kind])}::text[]) kind`;
  const channels = `unnest(${bind(channel === null ? TASK_CHANNELS : [channel])}::text[]) channel`;
  const same = ['operator_id', 'kind', 'state', 'channel'].map((name) => `${name} = choice.${name}`);
  const operators = `(select id as operator_id from operator${ofOperator}) o`;
  return { from: `select operator_id, kind, state, channel from ${operators}, ${kinds}, ${states}, ${channels}`, same };
}
