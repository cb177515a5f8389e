import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { TaskDetails, TaskKind, TaskState } from '../../tasks/operator-task.js';

/** What an operator was asked to do with a line, and how far it is. */
export interface LineRequest {
  id: string;
  /** What people call it by. */
  number: string;
  kind: TaskKind;
  details: TaskDetails;
  state: TaskState;
  operator: string;
  created_at: string;
  sent_at: string | null;
  closed_at: string | null;
  due_at: string;
  reference: string | null;
  /** What the operator, or whoever called it off, said of its end. */
  words: string | null;
  actor_kind: string;
  actor: string | null;
}

const MOST = 100;

@Injectable()
export class RequestQueries {
  constructor(private readonly database: Database) {}

  /** The latest first; at most a hundred. */
  ofLine(lineId: string): Promise<LineRequest[]> {
    return this.database.query<LineRequest & Record<string, unknown>>(
      `select t.id, t.number, t.kind, t.details, t.state, o.name as operator, t.created_at, t.sent_at, t.closed_at, t.promised_at as due_at,
              t.reference, ended.words, coalesce(opened.actor_kind, 'system') as actor_kind, s.name as actor
       from operator_task t join operator o on o.id = t.operator_id
       left join lateral (select words from operator_task_event e where e.task_id = t.id
                          and e.kind in ('done', 'refused', 'called_off') order by seq desc limit 1) ended on true
       left join lateral (select actor_kind, actor_id from operator_task_event e where e.task_id = t.id and e.kind = 'opened'
                          order by seq limit 1) opened on true
       left join staff s on opened.actor_kind = 'staff' and s.id = opened.actor_id
       where t.line_id = $1 order by t.created_at desc, t.id desc limit ${MOST}`,
      [lineId],
    );
  }
}
