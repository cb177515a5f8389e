import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { TaskInFlight } from '../../tasks/tasks.errors.js';
import { Lines } from '../lines.service.js';

/** The end of a line, together with what its operator is still busy with. */
@Injectable()
export class LineEndings {
  constructor(
    private readonly lines: Lines,
    private readonly tasks: OperatorTasks,
  ) {}

  /**
   * Calls the open task off first, so that whatever waits for it hears of it. Throws LineNotFound, LineStateForbids, and
   * TaskInFlight where somebody asked the operator for something in this very moment.
   */
  async end(sql: Sql, lineId: string, reason: string, actor: Actor): Promise<void> {
    await this.tasks.callOff(sql, lineId, { actor, words: reason });
    await this.lines.end(sql, lineId, reason, actor);
    // Behind the line's lock nobody asks for more.
    if (await this.tasks.openTaskOf(sql, lineId)) throw new TaskInFlight();
  }
}
