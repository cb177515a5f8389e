import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Sql } from '../infra/database/sql.js';
import { type Actor, SYSTEM } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { mayTake, MOST_ATTEMPTS, type StoredTask, type TaskEventKind } from './operator-task.js';
import { saveTask, writeTaskEvent } from './task-rows.js';
import { TaskStateForbids } from './tasks.errors.js';

/** What is said along with a step. */
export interface Said {
  words?: string | null;
  reference?: string | null;
  saidAt?: Date | null;
  actor: Actor;
}

/** An operator that could not do it now is not asked again at once. */
const PAUSE_MS = 30 * 60_000;

/** The steps on a locked task's way to its end, whoever makes them: a clerk or a file. */
@Injectable()
export class TaskSteps {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** It has been put to the operator. Throws TaskStateForbids. */
  async send(sql: Sql, task: StoredTask, said: Said): Promise<StoredTask> {
    if (!mayTake('sent', task.state)) throw new TaskStateForbids();
    const after = await saveTask(sql, task, {
      ...{ state: 'sent', sent_at: this.clock.now().toISOString(), attempts: task.attempts + 1 },
      // An attempt that failed put it off; from now on the promise counts again.
      due_at: task.promised_at,
      reference: said.reference ?? task.reference,
    });
    await this.note(sql, task, 'sent', said);
    return after;
  }

  /** The operator has it in hand, and says under which number. Throws TaskStateForbids. */
  async accept(sql: Sql, task: StoredTask, said: Said): Promise<StoredTask> {
    if (task.state !== 'sent') throw new TaskStateForbids();
    const after = await saveTask(sql, task, { reference: said.reference ?? task.reference });
    await this.note(sql, task, 'accepted', said);
    return after;
  }

  /** It came to nothing this time, and is due again after half an hour; what files could not do goes to a clerk at last. Throws TaskStateForbids. */
  async fail(sql: Sql, task: StoredTask, said: Said): Promise<StoredTask> {
    if (!mayTake('failed', task.state)) throw new TaskStateForbids();
    const again = new Date(this.clock.now().getTime() + PAUSE_MS).toISOString();
    const after = await saveTask(sql, task, {
      ...{ state: 'waiting', sent_at: null, due_at: again },
      reference: said.reference ?? task.reference,
    });
    await this.note(sql, task, 'failed', said);
    const isBeyondFiles = task.channel === 'files' && task.attempts >= MOST_ATTEMPTS;
    return isBeyondFiles ? this.handToClerk(sql, after, SYSTEM) : after;
  }

  /** From files to people; what the operator has in hand stays there. Throws TaskStateForbids. */
  async handToClerk(sql: Sql, task: StoredTask, actor: Actor): Promise<StoredTask> {
    if (task.channel === 'clerk' || !mayTake('called_off', task.state)) throw new TaskStateForbids();
    const dueAt = task.state === 'waiting' ? this.clock.now().toISOString() : task.due_at;
    const after = await saveTask(sql, task, { channel: 'clerk', due_at: dueAt });
    await this.note(sql, task, 'handed_to_clerk', { actor });
    return after;
  }

  /** A line of the task's history and of the journal. */
  async note(
    sql: Sql,
    { id }: Pick<StoredTask, 'id'>,
    kind: TaskEventKind,
    said: Omit<Said, 'reference'>,
  ): Promise<void> {
    const { words, saidAt, actor } = said;
    await writeTaskEvent(sql, { taskId: id, kind, words, saidAt, actor, at: this.clock.now() });
    await this.audit.record(sql, { actor, action: `operator_task.${kind}`, object: { kind: 'operator_task', id } });
  }
}
