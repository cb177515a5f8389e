import { Injectable } from '@nestjs/common';
import { mayTake } from '../../tasks/operator-task.js';
import { TaskInstructions } from '../../tasks/instructions/task-instructions.service.js';
import { TaskNotFound } from '../../tasks/tasks.errors.js';
import { Clock } from '../../shared/clock.js';
import { maskedPhone } from '../masked-phone.js';
import { filledIn } from './filled-in.js';
import { TAGS } from './task-list-pages.service.js';
import { TaskQueries, type TaskRow } from './task.queries.js';

/** One task as the desk sees it. The whole number, and what to do with it, is shown to whoever has it. */
@Injectable()
export class TaskPages {
  constructor(
    private readonly queries: TaskQueries,
    private readonly instructions: TaskInstructions,
    private readonly clock: Clock,
  ) {}

  async task(id: string, staffId: string): Promise<object> {
    const row = await this.queries.find(id);
    if (!row) throw new TaskNotFound();
    const mine = row.assignee_id === staffId && row.closed_at === null;
    const [events, proofs, files, colleagues, instruction] = await Promise.all([
      this.queries.events(id),
      this.queries.proofs(id),
      this.queries.files(id),
      this.queries.colleagues(),
      this.instructions.at({ operatorId: row.operator_id, kind: row.kind }),
    ]);
    return {
      ...{ task: this.shown(row, mine), events, proofs, files, colleagues },
      instruction: mine ? filledIn(instruction.words, row) : null,
      may: {
        send: mayTake('sent', row.state),
        fail: mayTake('failed', row.state),
        end: mayTake('done', row.state),
        handToClerk: row.channel === 'files' && row.closed_at === null,
      },
    };
  }

  private shown({ details, ...row }: TaskRow, mine: boolean): object {
    const open = row.closed_at === null;
    return {
      ...{ ...row, mine, open, tag: TAGS[row.state], byFile: row.channel === 'files' },
      maskedPhone: maskedPhone(details.number),
      overdue: open && new Date(row.due_at) < this.clock.now(),
      // A failed attempt rests before the next.
      restsUntil:
        row.state === 'waiting' && row.attempts > 0 && new Date(row.due_at) > this.clock.now() ? row.due_at : null,
      // What the operator promised may lie before what is due now.
      late: open && row.promised_at !== row.due_at && new Date(row.promised_at) < this.clock.now(),
    };
  }
}
