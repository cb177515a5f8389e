import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Messages } from '../../notifications/messages.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isOpen, type StoredTask, type TaskEnding } from '../operator-task.js';
import { type Ending, OperatorTasks } from '../operator-tasks.service.js';
import { lockTask, saveTask } from '../task-rows.js';
import { TaskSteps } from '../task-steps.service.js';
import { TaskChanged, TaskStateForbids } from '../tasks.errors.js';
import { type NewProof, TaskProofs } from './task-proofs.service.js';

/** What a clerk saw when they pressed the button. */
export interface SeenTask {
  id: string;
  revision: number;
  clerkId: string;
}

/** How a clerk knows that it is done: the operator's words or number of it, or a picture. */
export interface Completion {
  words: string | null;
  reference: string | null;
  proof: NewProof | null;
}

/**
 * What clerks do with operators' tasks (N5). Each verb throws TaskNotFound, TaskChanged where the task is not what the
 * clerk saw, and TaskStateForbids where that does not follow upon its state.
 */
@Injectable()
export class TaskDesk {
  constructor(
    private readonly database: Database,
    private readonly tasks: OperatorTasks,
    private readonly steps: TaskSteps,
    private readonly proofs: TaskProofs,
    private readonly messages: Messages,
  ) {}

  /** Null puts it back to everybody. Throws InvalidInput for whoever no longer works here. */
  assign(seen: SeenTask, assigneeId: string | null): Promise<void> {
    return this.database.transaction((sql) => this.assignWithin(sql, seen, assigneeId));
  }

  async assignWithin(sql: Sql, seen: SeenTask, assigneeId: string | null): Promise<void> {
    const task = await lockSeen(sql, seen);
    if (!isOpen(task)) throw new TaskStateForbids();
    if (task.assignee_id === assigneeId) return;
    const name = assigneeId === null ? null : await colleague(sql, assigneeId);
    await saveTask(sql, task, { assignee_id: assigneeId });
    await this.steps.note(sql, task, 'assigned', { words: name, actor: actorOf(seen) });
  }

  /** «Отправлено оператору», with the operator's number of it where there is one. Whoever sends what nobody has, has it. */
  send(seen: SeenTask, reference: string | null): Promise<void> {
    return this.database.transaction((sql) => this.sendWithin(sql, seen, reference));
  }

  async sendWithin(sql: Sql, seen: SeenTask, reference: string | null): Promise<void> {
    const task = await lockSeen(sql, seen);
    const actor = actorOf(seen);
    const sent = await this.steps.send(sql, task, { reference, actor });
    if (task.assignee_id === null) await saveTask(sql, sent, { assignee_id: seen.clerkId });
  }

  /** It came to nothing this time; the task is due again after half an hour. */
  fail(seen: SeenTask, reason: string): Promise<void> {
    return this.database.transaction(async (sql) => {
      await this.steps.fail(sql, await lockSeen(sql, seen), { words: reason, actor: actorOf(seen) });
    });
  }

  /** Throws InvalidInput where neither words nor a reference nor a proof say so, and for a file that is no proof. */
  async done(seen: SeenTask, { words, reference, proof }: Completion): Promise<void> {
    await this.database.transaction(async (sql) => {
      const shown = proof !== null || words !== null || reference !== null || (await this.proofs.isShown(sql, seen.id));
      if (!shown) throw new InvalidInput([{ path: 'words', code: 'task_evidence' }]);
      await this.end(sql, seen, 'done', { words, reference });
      if (proof) await this.proofs.add(sql, seen, proof);
    });
    this.messages.ring();
  }

  /** The operator says no, for good. */
  async refuse(seen: SeenTask, reason: string): Promise<void> {
    await this.database.transaction((sql) => this.end(sql, seen, 'refused', { words: reason }));
    this.messages.ring();
  }

  /** We no longer want it. */
  async callOff(seen: SeenTask, reason: string): Promise<void> {
    await this.database.transaction((sql) => this.end(sql, seen, 'called_off', { words: reason }));
    this.messages.ring();
  }

  /** A note for colleagues, whatever the state. Throws TaskNotFound alone. */
  comment(id: string, clerkId: string, words: string): Promise<void> {
    return this.database.transaction(async (sql) => {
      await this.steps.note(sql, await lockTask(sql, id), 'commented', {
        words,
        actor: { kind: 'staff', id: clerkId },
      });
    });
  }

  /** From the exchange of files to people, at once. */
  handToClerk(seen: SeenTask): Promise<void> {
    return this.database.transaction(async (sql) => {
      await this.steps.handToClerk(sql, await lockSeen(sql, seen), actorOf(seen));
    });
  }

  private async end(
    sql: Sql,
    seen: SeenTask,
    how: TaskEnding,
    ending: Pick<Ending, 'words' | 'reference'>,
  ): Promise<void> {
    await this.tasks.end(sql, seen.id, how, { ...ending, revision: seen.revision, actor: actorOf(seen) });
  }
}

function actorOf({ clerkId }: SeenTask): Actor {
  return { kind: 'staff', id: clerkId };
}

async function lockSeen(sql: Sql, { id, revision }: SeenTask): Promise<StoredTask> {
  const task = await lockTask(sql, id);
  if (task.revision !== revision) throw new TaskChanged();
  return task;
}

async function colleague(sql: Sql, staffId: string): Promise<string> {
  const [found] = await sql.query<{ name: string }>(
    `select name from staff where id = $1 and disabled_at is null and role in ('operator', 'manager', 'admin')`,
    [staffId],
  );
  if (!found) throw new InvalidInput([{ path: 'assignee', code: 'choose' }]);
  return found.name;
}
