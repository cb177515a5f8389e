import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { dayOf } from '../../infra/i18n/format.js';
import { SYSTEM } from '../../shared/actor.js';
import { TaskInFlight } from '../../tasks/tasks.errors.js';
import { LineStateForbids } from '../lines.errors.js';
import { Suspensions } from './suspensions.service.js';

/** A number that was to rest through a day goes on the day after: nobody has to remember it. */
@Injectable()
export class SuspensionEnds {
  constructor(
    private readonly database: Database,
    private readonly suspensions: Suspensions,
    private readonly config: Config,
  ) {}

  /** Asks operators to resume what has rested long enough; what they refused is asked for again. Again is as good as once. */
  async resumeDue(now: Date): Promise<void> {
    const due = await this.database.query<{ id: string }>(
      `select l.id from line l
       cross join lateral (select details ->> 'through' as through from operator_task t
                           where t.line_id = l.id and t.kind = 'suspend' and t.state = 'done'
                           order by t.closed_at desc limit 1) rest
       where l.state = 'suspended' and rest.through < $1
         and not exists (select from operator_task t where t.line_id = l.id and t.closed_at is null)
       order by l.id`,
      [dayOf(now, this.config.timeZone)],
    );
    for (const { id } of due) await this.resume(id);
  }

  private async resume(lineId: string): Promise<void> {
    try {
      await this.database.transaction((sql) => this.suspensions.resume(sql, lineId, SYSTEM));
    } catch (error) {
      // A clerk was quicker.
      if (!(error instanceof TaskInFlight || error instanceof LineStateForbids)) throw error;
    }
  }
}
