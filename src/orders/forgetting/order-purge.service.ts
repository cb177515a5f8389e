import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { forgetOrders } from './forget-orders.js';

const AT_ONCE = 1000;
const STATEMENT_TIMEOUT_MS = 60_000;
const DAY_MS = 86_400_000;

/** The consent holds for three years after an order is closed (`/legal/order`): then names, phones and words go out of it. */
@Injectable()
export class OrderPurge {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Returns how many orders were forgotten; lines and papers that came of them stay. `now` is business time. */
  async forgetOld(now: Date): Promise<number> {
    const before = new Date(now.getTime() - this.config.orders.keepDays * DAY_MS);
    let total = 0;
    for (;;) {
      const gone = await this.database.transaction(
        async (sql) => {
          const old = await sql.query<{ id: string }>(
            `select id from sim_order where closed_at < $1 and closed_at is not null and forgotten_at is null
             order by closed_at, id limit ${AT_ONCE} for update skip locked`,
            [before],
          );
          const ids = old.map(({ id }) => id);
          await forgetOrders(sql, ids, now);
          // What came to nothing is nobody's any more; a line keeps the order that it came by.
          await sql.query('update sim_order set customer_id = null where id = any($1) and line_id is null', [ids]);
          return ids.length;
        },
        { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
      );
      total += gone;
      if (gone < AT_ONCE) return total;
    }
  }
}
