import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** A claimed run that has not finished by then belongs to a process that died. */
const ABANDONED_AFTER = '10 minutes';

/** Long enough that no process can still be about to claim a run that is forgotten. */
const KEPT_FOR = '1 hour';

export type Claim = 'mine' | 'running' | 'finished';

/** The rows that let one process alone make each run, whatever their number. */
@Injectable()
export class RunBook {
  constructor(private readonly database: Database) {}

  async lastFinished(name: string): Promise<Date | undefined> {
    const [row] = await this.database.query<{ due: string | null }>(
      `select max(due_at) as due from schedule_run where name = $1 and finished_at is not null`,
      [name],
    );
    return row?.due ? new Date(row.due) : undefined;
  }

  async claim(name: string, due: Date): Promise<Claim> {
    const mine = await this.database.query(
      `insert into schedule_run (name, due_at) values ($1, $2)
       on conflict (name, due_at) do update set started_at = now()
       where schedule_run.finished_at is null and schedule_run.started_at < now() - $3::interval
       returning name`,
      [name, due.toISOString(), ABANDONED_AFTER],
    );
    if (mine.length > 0) return 'mine';
    const finished = await this.database.query(
      'select from schedule_run where name = $1 and due_at = $2 and finished_at is not null',
      [name, due.toISOString()],
    );
    return finished.length > 0 ? 'finished' : 'running';
  }

  /** Old runs are forgotten, the newest never: it tells where to go on. */
  async finish(name: string, due: Date): Promise<void> {
    const run = [name, due.toISOString()];
    await this.database.query('update schedule_run set finished_at = now() where name = $1 and due_at = $2', run);
    await this.database.query(
      `delete from schedule_run where name = $1 and due_at < $2 and finished_at < now() - interval '${KEPT_FOR}'`,
      run,
    );
  }

  /** A run that failed is free for anybody's next attempt. */
  async giveBack(name: string, due: Date): Promise<void> {
    await this.database.query('delete from schedule_run where name = $1 and due_at = $2 and finished_at is null', [
      name,
      due.toISOString(),
    ]);
  }

  /** For the only process on a database: whatever still runs belonged to one that was killed. */
  async giveBackAll(): Promise<void> {
    await this.database.query('delete from schedule_run where finished_at is null');
  }
}
