import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { OperatorChannels } from './operator-channels.service.js';
import {
  mayTake,
  stateAfter,
  type StoredTask,
  type TaskDetails,
  type TaskEnding,
  type TaskKind,
} from './operator-task.js';
import { lockTask, readTask, saveTask, TASK_COLUMNS, writeTaskEvent } from './task-rows.js';
import { TaskChanged, TaskInFlight, TaskStateForbids } from './tasks.errors.js';

export interface NewTask {
  operatorId: string;
  lineId: string;
  details: TaskDetails;
  actor: Actor;
}

/** How a task ends: whoever ends it says what the operator said. */
export interface Ending {
  /** The revision that a clerk saw; files know none. */
  revision?: number;
  words?: string | null;
  reference?: string | null;
  /** When the operator did it, by its own word: for the history, no measure. */
  saidAt?: Date | null;
  actor: Actor;
}

/** What a room does when tasks of a kind end, in the same transaction. */
export interface TaskHandler {
  /** Locks what is locked before a task: orders and cards come first. */
  lock?: (sql: Sql, task: StoredTask) => Promise<void>;
  done?: (sql: Sql, task: StoredTask, actor: Actor) => Promise<void>;
  refused?: (sql: Sql, task: StoredTask, ending: Ending) => Promise<void>;
  called_off?: (sql: Sql, task: StoredTask, ending: Ending) => Promise<void>;
}

/** What operators are asked to do (N5): opened by rooms, ended here whoever carried it out. Always in the caller's transaction. */
@Injectable()
export class OperatorTasks {
  private readonly handlers = new Map<TaskKind, TaskHandler[]>();

  constructor(
    private readonly channels: OperatorChannels,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A room's part in tasks of a kind; several rooms may have one, and are asked in the order in which they came. */
  handle(kind: TaskKind, handler: TaskHandler): void {
    this.handlers.set(kind, [...(this.handlers.get(kind) ?? []), handler]);
  }

  /** Returns the task's id. The caller holds the line's lock. Throws TaskInFlight while the operator is busy with another. */
  async open(sql: Sql, { operatorId, lineId, details, actor }: NewTask): Promise<string> {
    if (await this.openTaskOf(sql, lineId)) throw new TaskInFlight();
    const { channel, promiseMinutes } = await this.channels.of(sql, operatorId);
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + promiseMinutes * 60_000);
    const id = newId();
    await sql.query(
      `insert into operator_task (id, operator_id, line_id, kind, details, channel, due_at, promised_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      [id, operatorId, lineId, details.kind, JSON.stringify(details), channel, dueAt, now],
    );
    await writeTaskEvent(sql, { taskId: id, kind: 'opened', actor, at: now });
    const facts = { kind: details.kind, lineId };
    await this.audit.record(sql, {
      ...{ actor, action: 'operator_task.opened', facts },
      object: { kind: 'operator_task', id },
    });
    return id;
  }

  /** What the operator is busy with for this line. */
  async openTaskOf(sql: Sql, lineId: string): Promise<StoredTask | undefined> {
    const [task] = await sql.query<StoredTask>(
      `select ${TASK_COLUMNS} from operator_task where line_id = $1 and closed_at is null`,
      [lineId],
    );
    return task;
  }

  /**
   * Nobody wants any more what the operator is busy with for this line. It locks what comes before a line, so it is called
   * before the line's own lock.
   */
  async callOff(sql: Sql, lineId: string, ending: Pick<Ending, 'words' | 'actor'>): Promise<void> {
    const open = await this.openTaskOf(sql, lineId);
    if (open) await this.end(sql, open.id, 'called_off', ending);
  }

  /**
   * Done, refused or called off, with all that rooms do upon it. Throws TaskNotFound, TaskChanged, TaskStateForbids, and
   * whatever a room throws: then nothing has happened.
   */
  async end(sql: Sql, id: string, how: TaskEnding, ending: Ending): Promise<StoredTask> {
    const seen = await readTask(sql, id);
    const handlers = this.handlers.get(seen.kind) ?? [];
    for (const { lock } of handlers) await lock?.(sql, seen);
    const task = await lockTask(sql, id);
    if (ending.revision !== undefined && task.revision !== ending.revision) throw new TaskChanged();
    if (!mayTake(how, task.state)) throw new TaskStateForbids();
    const now = this.clock.now();
    const { actor, words, reference, saidAt } = ending;
    const after = await saveTask(sql, task, {
      state: stateAfter(how),
      closed_at: now.toISOString(),
      // Whoever hears «done» at once has put it to the operator in the same breath.
      ...(how !== 'called_off' && task.sent_at === null && { sent_at: now.toISOString(), attempts: task.attempts + 1 }),
      reference: reference ?? task.reference,
    });
    await writeTaskEvent(sql, { taskId: id, kind: how, words, saidAt, actor, at: now });
    for (const handler of handlers) {
      if (how === 'done') await handler.done?.(sql, after, actor);
      else await handler[how]?.(sql, after, ending);
    }
    const object = { kind: 'operator_task', id };
    await this.audit.record(sql, { actor, action: `operator_task.${how}`, object, facts: { kind: task.kind } });
    return after;
  }
}
