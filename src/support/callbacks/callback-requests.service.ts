import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import { STRANGER } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { CallbackTopic } from './callback.js';
import { CALLBACK_TEXT_VERSION } from './callback-consent.js';
import { CallbackHours, type CallTime } from './callback-hours.service.js';
import { CallbackLimits } from './callback-limits.service.js';
import { CallbackLinks } from './callback-links.service.js';

/** Somebody who wants to be called, and agreed to the text in force. */
export interface CallbackWish {
  /** E.164, of a mobile or of a city. */
  phone: string;
  name: string | null;
  topic: CallbackTopic;
  /** `soon`, or the beginning of a slot. */
  when: string;
  /** The page of ours that they came from. */
  page: string | null;
  /** A digest of the browser they asked with. */
  browser: Buffer | null;
  language: Language;
}

/** Takes requests to be called (product C5). */
@Injectable()
export class CallbackRequests {
  constructor(
    private readonly database: Database,
    private readonly limits: CallbackLimits,
    private readonly hours: CallbackHours,
    private readonly links: CallbackLinks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the token of the link to follow it by. A phone that waits for a call already is called once: the new request
   * joins, and whoever made it cannot tell. Throws LimitExceeded, and InvalidInput for an hour that is over.
   */
  async ask(wish: CallbackWish, ip: string): Promise<string> {
    const time = this.hours.read(wish.when);
    await this.limits.admit({ phone: wish.phone, ip });
    return this.database.transaction((sql) => this.write(sql, wish, time));
  }

  /** In the caller's transaction, for a wish that nobody limits. */
  async write(sql: Sql, wish: CallbackWish, time: CallTime): Promise<string> {
    const now = this.clock.now();
    const id = newId();
    const callbackId = await this.openOrJoin(sql, id, wish, time);
    const requestId = newId();
    await sql.query(
      `insert into callback_request (id, callback_id, source, token_hash, topic, page, browser, consent_version,
                                     promised_at, at_chosen_time, asked_at)
       values ($1, $2, 'site', $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[requestId, callbackId, this.links.digestOf(requestId), wish.topic, wish.page, wish.browser],
        ...[CALLBACK_TEXT_VERSION, time.at, time.chosen, now],
      ],
    );
    const action = callbackId === id ? 'callback.requested' : 'callback.joined';
    const object = { kind: 'callback', id: callbackId };
    await this.audit.record(sql, { actor: STRANGER, action, object, facts: { topic: wish.topic } });
    return this.links.tokenOf(requestId);
  }

  /**
   * One open callback for a phone. Of several wishes a chosen hour counts, else the earliest promise; what an operator is
   * at already stays as it is.
   */
  private async openOrJoin(sql: Sql, id: string, wish: CallbackWish, { at, chosen }: CallTime): Promise<string> {
    const [row] = await sql.query<{ id: string }>(
      `insert into callback as open (id, phone, name, language, topic, due_at, at_chosen_time, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (phone) where state in ('waiting', 'taken') do update set
         name = coalesce(open.name, excluded.name),
         due_at = case when open.state = 'taken' then open.due_at
                       when excluded.at_chosen_time then excluded.due_at
                       else least(open.due_at, excluded.due_at) end,
         at_chosen_time = case when open.state = 'taken' then open.at_chosen_time
                               else excluded.at_chosen_time or (open.at_chosen_time and open.due_at <= excluded.due_at) end,
         version = open.version + (open.state = 'waiting')::int
       returning id`,
      [id, wish.phone, wish.name, wish.language, wish.topic, at, chosen, this.clock.now()],
    );
    return row!.id;
  }
}
