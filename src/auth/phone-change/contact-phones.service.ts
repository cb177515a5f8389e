import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { CodeGone } from '../codes/codes.errors.js';
import { closeSessions } from '../sessions.js';

export interface ContactChange {
  loginId: string;
  /** E.164, proved by a code. */
  phone: string;
  actor: Actor;
  /** Of the SMS to the phone that was. */
  language: Language;
  /** For the audit; no phone. */
  facts: Record<string, unknown>;
  /** The session that stays open. */
  sessionId?: string;
}

const UNIQUE_VIOLATION = '23505';

/** The phone that opens a cabinet and gets its codes, as it becomes another one. In the caller's transaction. */
@Injectable()
export class ContactPhones {
  constructor(
    private readonly messages: Messages,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The present one, the login locked until the transaction ends. Throws not_found, also for a disabled login. */
  async lock(sql: Sql, loginId: string): Promise<string> {
    const [login] = await sql.query<{ phone: string }>(
      'select phone from login where id = $1 and disabled_at is null for update',
      [loginId],
    );
    if (!login) throw new DomainError('not_found', 'not_found');
    return login.phone;
  }

  /** Whether a phone opens somebody else's cabinet, as their contact or as the number of their line. */
  async isTaken(sql: Sql, loginId: string, phone: string): Promise<boolean> {
    const others = await sql.query(
      `select from login where phone = $1 and id <> $2
       union all select from login_number where phone = $1 and login_id <> $2 limit 1`,
      [phone, loginId],
    );
    return others.length > 0;
  }

  /**
   * A new authenticator is bound: other sessions end, a temporary password is worth nothing, the phone that was is told.
   * False where the phone opens another cabinet by now.
   */
  async change(sql: Sql, { loginId, phone, actor, language, facts, sessionId }: ContactChange): Promise<boolean> {
    const old = await this.lock(sql, loginId);
    if (await this.isTaken(sql, loginId, phone)) return false;
    await sql.query(
      `update login set phone = $2, phone_since = $3, temporary_password_hash = null, temporary_password_expires_at = null
       where id = $1`,
      [loginId, phone, this.clock.real()],
    );
    await closeSessions(sql, 'customer', loginId, sessionId);
    await this.messages.sendSms(sql, { to: old, text: text(language, 'sms:phoneChanged'), secret: false });
    const object = { kind: 'login', id: loginId };
    await this.audit.record(sql, { actor, action: 'login.phone_changed', object, facts });
    return true;
  }
}

/** Somebody opened a cabinet with that very phone between our look and our commit: as if it had been theirs before. */
export async function goneIfTaken(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    throw (error as { code?: string }).code === UNIQUE_VIOLATION ? new CodeGone() : error;
  }
}
