import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import { limitsOf } from '../../infra/web/session.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { closeSessions } from '../sessions.js';

export interface OpenSession {
  /** A digest of the session's id: enough to close it, not to come in with. */
  handle: string;
  /** Keys of `sessions:browsers` and `sessions:systems`. */
  browser: string;
  system: string;
  /** A masked address; empty where none was seen. */
  place: string;
  startedAt: Date;
  seenAt: Date;
  /** Whether it is the one that looks. */
  current: boolean;
}

interface Row {
  handle: string;
  browser: string | null;
  system: string | null;
  place: string | null;
  started_at: string;
  seen_at: string;
  current: boolean;
}

const HANDLE = `encode(sha256(convert_to(sid, 'UTF8')), 'hex')`;
const LIVE = `sess->>'ownerId' = $1 and (sess->>'lastSeenAt')::bigint > $2 and (sess->>'startedAt')::bigint > $3`;
const MOST = 50;

/** Where somebody's cabinet is open (A5). Times are those that the doors keep, so a session seen just now may say half a minute ago. */
@Injectable()
export class OpenSessions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** This one first, then those seen last; at most fifty. */
  async list(customerId: string, sessionId: string): Promise<OpenSession[]> {
    const rows = await this.database.query<Row>(
      `select ${HANDLE} as handle, sess->>'browser' as browser, sess->>'system' as system, sess->>'place' as place,
              sess->>'startedAt' as started_at, sess->>'lastSeenAt' as seen_at, sid = $4 as current
       from customer_session where ${LIVE} order by sid <> $4, (sess->>'lastSeenAt')::bigint desc limit ${MOST}`,
      [...this.liveOf(customerId), sessionId],
    );
    return rows.map(({ browser, system, place, started_at, seen_at, ...row }) => ({
      ...row,
      browser: browser ?? 'other',
      system: system ?? 'other',
      place: place ?? '',
      startedAt: new Date(Number(started_at)),
      seenAt: new Date(Number(seen_at)),
    }));
  }

  async count(customerId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `select count(*)::int as count from customer_session where ${LIVE}`,
      this.liveOf(customerId),
    );
    return row!.count;
  }

  /** One of their own; what is not there any more is closed already. */
  async close(customerId: string, handle: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      const closed = await sql.query(
        `delete from customer_session where sess->>'ownerId' = $1 and ${HANDLE} = $2 returning 1`,
        [customerId, handle],
      );
      if (closed.length === 0) return;
      const actor: Actor = { kind: 'customer', id: customerId };
      const object = { kind: 'login', id: customerId };
      await this.audit.record(sql, { actor, action: 'login.session_closed', object });
    });
  }

  /** All of them, but for the one that asks where it is named. */
  async closeAll(customerId: string, actor: Actor, except = ''): Promise<void> {
    await this.database.transaction(async (sql) => {
      const open = await sql.query(`select from customer_session where sess->>'ownerId' = $1 and sid <> $2`, [
        customerId,
        except,
      ]);
      await closeSessions(sql, 'customer', customerId, except);
      const object = { kind: 'login', id: customerId };
      await this.audit.record(sql, { actor, action: 'login.sessions_closed', object, facts: { count: open.length } });
    });
  }

  private liveOf(customerId: string): unknown[] {
    const now = this.clock.real().getTime();
    const { idleMs, totalMs } = limitsOf('customer');
    return [customerId, now - idleMs, now - totalMs];
  }
}
