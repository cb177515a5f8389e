import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';
import type { RowFault } from '../../tasks/exchange/answer-file.js';
import type { TaskChannel } from '../../tasks/operator-task.js';

export interface ChannelRow {
  id: string;
  name: string;
  code: string;
  colour: string;
  channel: TaskChannel;
  promise_minutes: number | null;
  folder_at: string | null;
  folder_fault: string | null;
  /** What waits for the next file. */
  waiting: number;
  /** Of the last thirty days. */
  done: number;
  in_time: number;
  /** From when the operator had it to when it was done; null where nothing was, or all of it in the same breath. */
  median_minutes: number | null;
}

export interface FileRow {
  id: string;
  operator_id: string;
  operator: string;
  direction: 'in' | 'out';
  name: string;
  rows: number;
  faults: RowFault[];
  /** Rows that stand for a task. */
  taken: number;
  staff: string | null;
  at: string;
  finished_at: string | null;
  /** A clerk did not want to take it. */
  put_aside: boolean;
  /** Whether its contents are still there. */
  whole: boolean;
}

const FILES = 30;
const QUALITY_DAYS = 30;
const FILE = `
  f.id, f.operator_id, o.name as operator, f.direction, f.name, f.rows, f.faults, s.name as staff, f.at, f.finished_at, f.put_aside,
  f.bytes is not null as whole, (select count(*)::int from operator_file_row r where r.file_id = f.id) as taken
  from operator_file f join operator o on o.id = f.operator_id left join staff s on s.id = f.staff_id`;

/** How operators are reached, how well they work, and the files that went to and fro. */
@Injectable()
export class ChannelQueries {
  constructor(private readonly database: Database) {}

  /** All, or this one. */
  operators(now: Date, id: string | null = null): Promise<ChannelRow[]> {
    const since = new Date(now.getTime() - QUALITY_DAYS * 86_400_000);
    return this.database.query<ChannelRow>(
      `select o.id, o.name, o.code, o.colour, coalesce(c.channel, 'clerk') as channel, c.promise_minutes, c.folder_at, c.folder_fault,
              q.done, q.in_time, q.median_minutes,
              (select count(*)::int from operator_task w
               where w.operator_id = o.id and w.state = 'waiting' and w.channel = 'files') as waiting
       from operator o left join operator_channel c on c.operator_id = o.id
       cross join lateral (
         select count(*)::int as done, count(*) filter (where t.closed_at <= t.promised_at)::int as in_time,
                (percentile_cont(0.5) within group (order by extract(epoch from t.closed_at - t.sent_at))
                   filter (where t.closed_at > t.sent_at) / 60)::float8 as median_minutes
         from operator_task t where t.operator_id = o.id and t.state = 'done' and t.closed_at > $1) q
       where $2::uuid is null or o.id = $2 order by o.position, o.name`,
      [since, id],
    );
  }

  /** The latest first. */
  async files(operatorId: string, after: unknown): Promise<Page<FileRow>> {
    const key = readKey(after, ['time', 'uuid']);
    const rows = await this.database.query<FileRow>(
      `select ${FILE} where f.operator_id = $1 and ($2::timestamptz is null or (f.at, f.id) < ($2, $3::uuid))
       order by f.at desc, f.id desc limit ${FILES + 1}`,
      [operatorId, key?.[0] ?? null, key?.[1] ?? null],
    );
    return pageOf(rows, FILES, (row) => [row.at, row.id]);
  }

  async file(id: string): Promise<FileRow | undefined> {
    const [file] = await this.database.query<FileRow>(`select ${FILE} where f.id = $1`, [id]);
    return file;
  }

  /** What a file is about: rows and their tasks, in the file's order; the first two hundred. */
  rows(id: string): Promise<{ line: number; task_id: string; number: string; kind: string; state: string }[]> {
    return this.database.query(
      `select r.line, r.task_id, t.number, t.kind, t.state from operator_file_row r join operator_task t on t.id = r.task_id
       where r.file_id = $1 order by r.line limit 200`,
      [id],
    );
  }
}
