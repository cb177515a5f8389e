import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';

const AT_ONCE = 5000;
const STATEMENT_TIMEOUT_MS = 60_000;
const DAY_MS = 86_400_000;

/** Phones of people who once wanted to be called are not kept for longer than the setting says. */
@Injectable()
export class CallbackPurge {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Deletes callbacks with all that belongs to them; returns how many. `now` is business time. */
  async forgetOld(now: Date): Promise<number> {
    const before = new Date(now.getTime() - this.config.callbacks.keepDays * DAY_MS);
    let total = 0;
    for (;;) {
      const gone = await this.database.transaction(
        (sql) =>
          sql.query(
            `delete from callback where id = any(array(select id from callback where asked_at < $1 limit ${AT_ONCE}))
             returning 1`,
            [before],
          ),
        { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
      );
      total += gone.length;
      if (gone.length < AT_ONCE) return total;
    }
  }
}
