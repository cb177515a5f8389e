import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import type { StoredTask } from '../operator-task.js';
import { OperatorTasks } from '../operator-tasks.service.js';
import { lockTask, TASK_COLUMNS } from '../task-rows.js';
import { TaskSteps } from '../task-steps.service.js';
import { TaskStateForbids, TaskTooEarly } from '../tasks.errors.js';
import type { Answer } from './answer-file.js';
import { judge } from './judgement.js';

export interface AnswerRow {
  fileId: string;
  operatorId: string;
  answer: Answer;
  actor: Actor;
}

interface Judged {
  answer: Answer;
  /** Why it cannot be taken. */
  code: string | null;
  known: boolean;
}

/** What the database refuses for what stands in a row (classes 22 and 23) is the row's fault, not a passing one. */
const ROWS_OWN_FAULT = /^2[23]/;

/** Another process has taken the row at this moment: what was done here goes back. */
class TakenElsewhere extends Error {}

/** The rows of a file of answers. */
@Injectable()
export class AnswerRows {
  constructor(
    private readonly database: Database,
    private readonly tasks: OperatorTasks,
    private readonly steps: TaskSteps,
  ) {}

  /** All of them as things are now. */
  async judgeAll(answers: readonly Answer[], operatorId: string): Promise<Judged[]> {
    const found = await this.database.query<StoredTask>(
      `select ${TASK_COLUMNS} from operator_task where number = any($1::bigint[])`,
      [answers.map(({ task }) => task)],
    );
    const byNumber = new Map(found.map((task) => [task.number, task]));
    return answers.map((answer) => {
      const judgement = judge(answer, byNumber.get(answer.task), operatorId);
      const code = judgement.verdict === 'fault' ? judgement.code : null;
      return { answer, code, known: judgement.verdict === 'known' };
    });
  }

  /** Does what the row says, in a transaction of its own and once for its file. Returns why not, as `tasks:faults.<code>`; null where it is done. */
  async take(row: AnswerRow): Promise<string | null> {
    try {
      return await this.database.transaction((sql) => this.takeWithin(sql, row));
    } catch (error) {
      if (error instanceof TakenElsewhere) return null;
      // Somebody ended it in between; now it can be told what the row comes to.
      if (error instanceof TaskStateForbids) {
        const [judged] = await this.judgeAll([row.answer], row.operatorId);
        return judged!.code ?? (judged!.known ? null : 'forbidden');
      }
      if (error instanceof TaskTooEarly) return 'early';
      const { code } = error as { code?: string };
      if (error instanceof DomainError || (code !== undefined && ROWS_OWN_FAULT.test(code))) return 'forbidden';
      throw error;
    }
  }

  private async takeWithin(sql: Sql, { fileId, operatorId, answer, actor }: AnswerRow): Promise<string | null> {
    const place = [fileId, answer.line];
    const [taken] = await sql.query('select from operator_file_row where file_id = $1 and line = $2', place);
    if (taken) return null;
    const [task] = await sql.query<StoredTask>(`select ${TASK_COLUMNS} from operator_task where number = $1`, [
      answer.task,
    ]);
    const judgement = judge(answer, task, operatorId);
    if (judgement.verdict === 'fault') return judgement.code;
    if (judgement.verdict === 'take') await this.apply(sql, task!.id, answer, actor);
    // It comes last: a reference to the task locks its row, and what belongs to it is locked before it.
    const claimed = await sql.query(
      'insert into operator_file_row (file_id, line, task_id) values ($1, $2, $3) on conflict do nothing returning line',
      [...place, task!.id],
    );
    if (claimed.length === 0) throw new TakenElsewhere();
    return null;
  }

  private async apply(sql: Sql, taskId: string, answer: Answer, actor: Actor): Promise<void> {
    const { result, message: words, reference, saidAt } = answer;
    const said = { words, reference, saidAt, actor };
    if (result === 'done' || result === 'refused') await this.tasks.end(sql, taskId, result, said);
    else if (result === 'accepted') await this.steps.accept(sql, await lockTask(sql, taskId), said);
    else await this.steps.fail(sql, await lockTask(sql, taskId), said);
  }
}
