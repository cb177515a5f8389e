import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Eraser, type Leaver, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const TASKS = `
  select t.id as key, jsonb_build_object('number', t.number, 'kind', t.kind, 'phone', t.details->>'number', 'operator', o.name,
    'state', t.state, 'createdAt', t.created_at, 'sentAt', t.sent_at, 'closedAt', t.closed_at,
    'answer', (select e.words from operator_task_event e where e.task_id = t.id and e.kind = t.state order by e.seq desc limit 1)) as row
  from operator_task t join line l on l.id = t.line_id join operator o on o.id = t.operator_id
  where l.customer_id = any($1) and ($2::uuid is null or t.id > $2::uuid) order by t.id`;

/** What operators were asked to do for their numbers. Words and proofs go; that it was done stays, as lines do. */
@Injectable()
export class TaskData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.personal.on(sqlPart(this.database, 'operatorTasks', TASKS));
    this.personal.erasedBy(this);
  }

  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    const tasks = await sql.query<{ id: string }>(
      `update operator_task t set reference = null, details = t.details - 'ported' - 'donor'
       from line l where l.id = t.line_id and l.customer_id = any($1) returning t.id`,
      [ids],
    );
    const theirs = [tasks.map(({ id }) => id)];
    // Whom a task was given to is a colleague's name.
    await sql.query(
      `update operator_task_event set words = null
       where task_id = any($1) and words is not null and kind <> 'assigned'`,
      theirs,
    );
    await sql.query('delete from operator_task_proof where task_id = any($1)', theirs);
    // A file tells about others too, so one that is on its way stays; of the rest nobody needs the contents any more.
    await sql.query(
      `update operator_file set bytes = null
       where finished_at is not null and id in (select file_id from operator_file_row where task_id = any($1))`,
      theirs,
    );
  }
}
