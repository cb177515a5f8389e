import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sha256 } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { STRANGER } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import type { CallbackState, StoredCallback } from './callback.js';
import { CallbackHours } from './callback-hours.service.js';
import { CallbackLimits } from './callback-limits.service.js';
import { expectOpen, lockCallback, saveStep } from './callback-rows.js';
import { CallbackNotFound } from './callbacks.errors.js';

interface RequestRow {
  id: string;
  callback_id: string;
  source: 'site' | 'sms';
  browser: Buffer | null;
  withdrawn_at: string | null;
}

/** What a secret link shows: nothing that its reader did not type or hear from us. */
export interface FollowedCallback {
  state: CallbackState;
  /** Until when we call or, where it is chosen, when. */
  dueAt: string;
  chosen: boolean;
  /** The last four digits. */
  phoneEnding: string;
  missed: number;
}

/** What customers do with the link that they got when they asked, or by SMS. */
@Injectable()
export class CallbackFollowers {
  constructor(
    private readonly database: Database,
    private readonly limits: CallbackLimits,
    private readonly hours: CallbackHours,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws CallbackNotFound. Who joined an earlier request sees their own promise, so that they cannot tell. */
  async follow(token: string): Promise<FollowedCallback> {
    const [found] = await this.database.query<FollowedCallback>(
      `select case when r.withdrawn_at is not null then 'cancelled' else c.state end as state,
              greatest(c.due_at, r.promised_at) as "dueAt",
              case when r.promised_at >= c.due_at then r.at_chosen_time else c.at_chosen_time end as chosen,
              right(c.phone, 4) as "phoneEnding", c.missed
       from callback_request r join callback c on c.id = r.callback_id where r.token_hash = $1`,
      [sha256(token)],
    );
    if (!found) throw new CallbackNotFound();
    return found;
  }

  /** Another time: `soon` or the beginning of a slot. Throws CallbackNotFound, CallbackClosed, InvalidInput, LimitExceeded. */
  async chooseTime(token: string, when: string): Promise<void> {
    const time = this.hours.read(when);
    await this.change(token, async (sql, request, callback) => {
      await sql.query(
        `update callback_request set promised_at = $2, at_chosen_time = $3 where id = $1 and source = 'site'`,
        [request.id, time.at, time.chosen],
      );
      await saveStep(sql, callback, 'moved', { due_at: time.at.toISOString(), at_chosen_time: time.chosen, missed: 0 });
      await this.record(sql, 'callback.moved', callback);
    });
  }

  /**
   * «Не звоните»: takes back what this browser asked for, and by the link of an SMS all of it. The call itself is
   * cancelled with the last request. Throws as `chooseTime`.
   */
  async withdraw(token: string): Promise<void> {
    await this.change(token, async (sql, request, callback) => {
      const now = this.clock.now();
      await sql.query(
        `update callback_request set withdrawn_at = $2
         where callback_id = $1 and withdrawn_at is null and ($3 = 'sms' or id = $4 or browser = $5)`,
        [callback.id, now, request.source, request.id, request.browser],
      );
      const [left] = await sql.query(
        `select from callback_request where callback_id = $1 and source = 'site' and withdrawn_at is null limit 1`,
        [callback.id],
      );
      if (left) return;
      await saveStep(sql, callback, 'cancelled', { closed_at: now.toISOString() });
      await this.record(sql, 'callback.cancelled', callback);
    });
  }

  private async change(
    token: string,
    work: (sql: Sql, request: RequestRow, callback: StoredCallback) => Promise<void>,
  ): Promise<void> {
    const [request] = await this.database.query<RequestRow>(
      'select id, callback_id, source, browser, withdrawn_at from callback_request where token_hash = $1',
      [sha256(token)],
    );
    if (!request) throw new CallbackNotFound();
    await this.limits.admitChange(request.id);
    await this.database.transaction(async (sql) => {
      const callback = await lockCallback(sql, request.callback_id);
      const [{ withdrawn_at } = request] = await sql.query<Pick<RequestRow, 'withdrawn_at'>>(
        'select withdrawn_at from callback_request where id = $1',
        [request.id],
      );
      expectOpen(withdrawn_at === null ? callback : { ...callback, state: 'cancelled' });
      await work(sql, request, callback);
    });
  }

  private record(sql: Sql, action: string, { id }: StoredCallback): Promise<void> {
    return this.audit.record(sql, { actor: STRANGER, action, object: { kind: 'callback', id } });
  }
}
