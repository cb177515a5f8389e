import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { StoredTask, TaskEventKind } from '../../tasks/operator-task.js';
import { TASK_COLUMNS } from '../../tasks/task-rows.js';

export interface TaskRow extends StoredTask {
  operator: string;
  assignee: string | null;
  customer_id: string;
  customer: string | null;
  order_id: string | null;
  order_number: string | null;
  line_state: string;
}

export interface TaskEventRow {
  kind: TaskEventKind;
  words: string | null;
  said_at: string | null;
  /** Put back to everybody. */
  back: boolean;
  actor_kind: string;
  actor: string | null;
  at: string;
}

export interface ProofRow {
  id: string;
  name: string;
  added_by: string;
  added_at: string;
}

const MOST_EVENTS = 300;
const OWN = TASK_COLUMNS.replaceAll(/\w+/g, 't.$&');

@Injectable()
export class TaskQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<TaskRow | undefined> {
    const [task] = await this.database.query<TaskRow>(
      `select ${OWN}, o.name as operator, h.name as assignee, l.customer_id, l.state as line_state,
              nullif(concat_ws(' ', c.surname, c.name), '') as customer, s.id as order_id, s.number as order_number
       from operator_task t join operator o on o.id = t.operator_id join line l on l.id = t.line_id
       join customer c on c.id = l.customer_id left join sim_order s on s.id = l.order_id left join staff h on h.id = t.assignee_id
       where t.id = $1`,
      [id],
    );
    return task;
  }

  /** The latest first. */
  events(id: string): Promise<TaskEventRow[]> {
    return this.database.query<TaskEventRow>(
      `select e.kind, e.words, e.said_at, e.kind = 'assigned' and e.words is null as back, e.actor_kind, h.name as actor, e.at
       from operator_task_event e left join staff h on h.id = e.actor_id and e.actor_kind = 'staff'
       where e.task_id = $1 order by e.seq desc limit ${MOST_EVENTS}`,
      [id],
    );
  }

  proofs(id: string): Promise<ProofRow[]> {
    return this.database.query<ProofRow>(
      `select p.id, p.name, s.name as added_by, p.added_at from operator_task_proof p join staff s on s.id = p.added_by
       where p.task_id = $1 order by p.added_at, p.id`,
      [id],
    );
  }

  /** The files that it went out or was answered with, the latest first. */
  files(id: string): Promise<{ id: string; name: string; direction: 'in' | 'out'; at: string }[]> {
    return this.database.query(
      `select distinct f.id, f.name, f.direction, f.at from operator_file_row r join operator_file f on f.id = r.file_id
       where r.task_id = $1 order by f.at desc, f.id limit 20`,
      [id],
    );
  }

  /** Who may have a task. */
  colleagues(): Promise<{ value: string; name: string }[]> {
    return this.database.query(
      `select id as value, name from staff where disabled_at is null and role in ('operator', 'manager', 'admin') order by name limit 500`,
    );
  }

  operators(): Promise<{ code: string; name: string }[]> {
    return this.database.query('select code, name from operator order by position, name');
  }
}
