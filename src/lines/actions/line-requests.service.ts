import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { dayOf } from '../../infra/i18n/format.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import type { LineState } from '../line-state.js';
import { LineStateForbids } from '../lines.errors.js';
import type { LockedLine } from '../line-rows.js';
import { Lines } from '../lines.service.js';
import type { DayFault } from './day-rules.js';

/** What the operator is asked to do with a line; until it is done the line stays as it is. */
export interface LineWish {
  lineId: string;
  /** In which states of the line it makes sense. */
  states: readonly LineState[];
  detailsOf: (line: LockedLine) => TaskDetails | Promise<TaskDetails>;
  actor: Actor;
}

/** Asking an operator for something about a line, in the caller's transaction: the task is the request. */
@Injectable()
export class LineRequests {
  constructor(
    private readonly lines: Lines,
    private readonly tasks: OperatorTasks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Returns the task's id. Throws LineNotFound, LineStateForbids, and TaskInFlight while the operator is busy with another wish. */
  async ask(sql: Sql, { lineId, states, detailsOf, actor }: LineWish): Promise<string> {
    const line = await this.lines.lock(sql, lineId);
    if (!states.includes(line.state)) throw new LineStateForbids();
    const details = await detailsOf(line);
    return this.tasks.open(sql, { operatorId: line.operator_id, lineId, details, actor });
  }

  /** `2026-11-29` by the programme's calendar. */
  today(): string {
    return dayOf(this.clock.now(), this.config.timeZone);
  }

  /** Throws InvalidInput at the field. */
  expectDay(field: string, fault: DayFault | null): void {
    if (fault !== null) throw new InvalidInput([{ path: field, code: fault }]);
  }
}
