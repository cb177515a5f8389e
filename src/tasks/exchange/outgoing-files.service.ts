import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { StoredTask } from '../operator-task.js';
import { TASK_COLUMNS } from '../task-rows.js';
import { taskFile } from './task-file.js';

export interface OutgoingFile {
  id: string;
  name: string;
  bytes: Buffer;
}

const TASKS_IN_A_FILE = 1000;

/** Files of tasks for an operator. A file is a row before it is anywhere else, so that no kill loses it. */
@Injectable()
export class OutgoingFiles {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts what waits for a file of this operator into one, and the tasks are sent; all in one transaction. Tasks that another
   * process has in hand are left to it. Returns the file's id, null where nothing waits.
   */
  gather(operatorId: string, actor: Actor): Promise<string | null> {
    return this.database.transaction(async (sql) => {
      const tasks = await this.markSent(sql, operatorId, actor);
      return tasks.length === 0 ? null : this.write(sql, operatorId, tasks, actor);
    });
  }

  /**
   * Has `lay` deliver one file that is not delivered yet, the oldest first; false where there is none. A kill in between has it
   * laid once more: under the same name, with the same contents.
   */
  deliverNext(operatorId: string, lay: (file: OutgoingFile) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (sql) => {
      const [file] = await sql.query<OutgoingFile>(
        `select id, name, bytes from operator_file
         where operator_id = $1 and direction = 'out' and finished_at is null and bytes is not null
         order by number limit 1 for update skip locked`,
        [operatorId],
      );
      if (!file) return false;
      await lay(file);
      await sql.query('update operator_file set finished_at = $2 where id = $1', [file.id, this.clock.now()]);
      return true;
    });
  }

  /** First attempts at once, later ones after their pause. */
  private async markSent(sql: Sql, operatorId: string, actor: Actor): Promise<StoredTask[]> {
    const now = this.clock.now();
    const sent = await sql.query<StoredTask>(
      `update operator_task set state = 'sent', sent_at = $2, attempts = attempts + 1, due_at = promised_at, revision = revision + 1
       where id = any(array(
         select id from operator_task where operator_id = $1 and state = 'waiting' and channel = 'files'
           and (attempts = 0 or due_at <= $2) order by due_at, id limit ${TASKS_IN_A_FILE} for update skip locked))
       returning ${TASK_COLUMNS}`,
      [operatorId, now],
    );
    await sql.query(
      `insert into operator_task_event (task_id, kind, actor_kind, actor_id, at)
       select id, 'sent', $2, $3, $4 from unnest($1::uuid[]) as id`,
      [sent.map(({ id }) => id), actor.kind, actor.id ?? null, now],
    );
    return sent.toSorted((one, other) => Number(one.number) - Number(other.number));
  }

  private async write(sql: Sql, operatorId: string, tasks: readonly StoredTask[], actor: Actor): Promise<string> {
    const [id, bytes] = [newId(), taskFile(tasks)];
    const [next] = await sql.query<{ number: string }>(
      `select nextval(pg_get_serial_sequence('operator_file', 'number')) as number`,
    );
    const { number } = next!;
    await sql.query(
      `insert into operator_file (id, number, operator_id, direction, name, digest, bytes, rows, staff_id, at)
       overriding system value values ($1, $2, $3, 'out', $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, number, operatorId, `tasks-${number}.csv`, createHash('sha256').update(bytes).digest(), bytes],
        ...[tasks.length, actor.kind === 'staff' ? actor.id : null, this.clock.now()],
      ],
    );
    await sql.query(
      `insert into operator_file_row (file_id, line, task_id)
       select $1, line, id from unnest($2::uuid[]) with ordinality as row (id, line)`,
      [id, tasks.map((task) => task.id)],
    );
    const object = { kind: 'operator_file', id };
    await this.audit.record(sql, { actor, action: 'operator_file.made', object, facts: { tasks: tasks.length } });
    return id;
  }
}
