import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { limitsOf } from '../../infra/web/session.js';
import { windowOf } from '../../loyalty/spending/rotating-code.js';

/** A page that is being watched, by its session. */
export interface Watch {
  sessionId: string;
  customerId: string;
}

/** A code of one of the customer's phones that has spent: the phone shows another. */
export interface SpentCode {
  shortId: string;
  window: number;
}

@Injectable()
export class LiveQueries {
  constructor(private readonly database: Database) {}

  /** Balances in hundredths by session; a session that is over is not among them. `at` is real time. */
  async balances(watches: readonly Watch[], at: Date): Promise<Map<string, string>> {
    const { idleMs, totalMs } = limitsOf('customer');
    const rows = await this.database.query<{ sid: string; balance: string }>(
      `select s.sid, a.balance
       from unnest($1::text[], $2::uuid[]) w (sid, customer_id)
       join customer_session s on s.sid = w.sid and (s.sess->>'lastSeenAt')::bigint > $3 and (s.sess->>'startedAt')::bigint > $4
       join customer c on c.id = w.customer_id join account a on a.id = c.points_account_id`,
      [
        ...[watches.map(({ sessionId }) => sessionId), watches.map(({ customerId }) => customerId)],
        ...[at.getTime() - idleMs, at.getTime() - totalMs],
      ],
    );
    return new Map(rows.map(({ sid, balance }) => [sid, balance]));
  }

  /** Those that tills would take now if they had not spent; `at` is real time. */
  async spentCodes(customerId: string, at: Date): Promise<SpentCode[]> {
    const current = windowOf(at);
    const rows = await this.database.query<{ short_id: string; window: string }>(
      `select d.short_id, w as window from spending_device d cross join unnest($2::bigint[]) w
       join spent_proof p on p.proof = 'device ' || d.id || ' ' || w
       where d.customer_id = $1 and d.revoked_at is null`,
      [customerId, [current - 1, current, current + 1]],
    );
    return rows.map((row) => ({ shortId: row.short_id, window: Number(row.window) }));
  }
}
