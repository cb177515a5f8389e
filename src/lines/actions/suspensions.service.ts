import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { Lines } from '../lines.service.js';
import { dayFault } from './day-rules.js';
import { LineRequests } from './line-requests.service.js';

/** A number that rests for a time, and one that goes on. */
@Injectable()
export class Suspensions implements OnModuleInit {
  constructor(
    private readonly requests: LineRequests,
    private readonly lines: Lines,
    private readonly tasks: OperatorTasks,
  ) {}

  onModuleInit(): void {
    for (const [kind, state] of [['suspend', 'suspended'] as const, ['resume', 'active'] as const]) {
      this.tasks.handle(kind, {
        done: (sql, task, actor) => this.lines.moveTo(sql, task.line_id, state, { taskId: task.id, actor }),
      });
    }
  }

  /**
   * Asks for it through a day of the programme, or until further notice. Returns the task's id. Throws LineNotFound,
   * LineStateForbids, TaskInFlight, and InvalidInput at `through`.
   */
  suspend(sql: Sql, lineId: string, through: string | null, actor: Actor): Promise<string> {
    if (through !== null) this.requests.expectDay('through', dayFault(through, this.requests.today()));
    return this.requests.ask(sql, {
      ...{ lineId, states: ['active'], actor },
      detailsOf: ({ number }) => ({ kind: 'suspend', number, ...(through !== null && { through }) }),
    });
  }

  /** Returns the task's id. Throws LineNotFound, LineStateForbids, TaskInFlight. */
  resume(sql: Sql, lineId: string, actor: Actor): Promise<string> {
    const detailsOf = ({ number }: { number: string }) => ({ kind: 'resume', number }) as const;
    return this.requests.ask(sql, { lineId, states: ['suspended'], detailsOf, actor });
  }
}
