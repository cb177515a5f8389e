import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { STRANGER } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { SmsLimits } from '../limits/sms-limits.service.js';
import { randomReadable, sameDigest, Secrets } from '../secrets.service.js';
import { Login } from './login.entity.js';

export interface ForgottenPassword {
  /** E.164. */
  phone: string;
  ip: string;
  language: Language;
}

const LIFETIME_MS = 10 * 60_000;

/** «Восстановить/получить пароль»: one log-in within ten minutes, by SMS. The old password works until a new one is set. */
@Injectable()
export class TemporaryPasswords {
  constructor(
    private readonly em: EntityManager,
    private readonly messages: Messages,
    private readonly limits: SmsLimits,
    private readonly audit: AuditLog,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Tells nothing about whether the phone is known. Throws LimitExceeded. */
  async send({ phone, ip, language }: ForgottenPassword): Promise<void> {
    await this.limits.admit({ phone, ip });
    const password = randomReadable();
    await this.em.fork().transactional(async (em) => {
      const login = await em.findOne(Login, { phone, disabledAt: null });
      await this.audit.record(sqlOf(em), {
        actor: STRANGER,
        action: 'login.temporary_password_sent',
        object: { kind: 'login', id: login?.id ?? 'unknown' },
        ip,
      });
      if (!login) return;
      login.temporaryPasswordHash = this.digest(login.id, password);
      login.temporaryPasswordExpiresAt = new Date(this.clock.real().getTime() + LIFETIME_MS);
      const sms = text(language, 'sms:temporaryPassword', { password });
      await this.messages.sendSms(sqlOf(em), { to: phone, text: sms, secret: true });
    });
    this.messages.ring();
  }

  /** Whether this is the login's temporary password, which no longer works from then on. */
  async use(sql: Sql, login: Login | null, password: string): Promise<boolean> {
    const stored = login?.temporaryPasswordHash ?? '';
    const typed = this.digest(login?.id ?? '', asPrinted(password));
    const fits = sameDigest(Buffer.from(typed), Buffer.from(stored));
    if (!fits || !login || login.temporaryPasswordExpiresAt! <= this.clock.real()) return false;
    const used = await sql.query(
      `update login set temporary_password_hash = null, temporary_password_expires_at = null
       where id = $1 and temporary_password_hash = $2 returning id`,
      [login.id, stored],
    );
    return used.length === 1;
  }

  private digest(loginId: string, password: string): string {
    return this.secrets.digest('temporary password', loginId, password).toString('base64url');
  }
}

/** Small letters, and the dash left out or a space in its place, are as good. */
function asPrinted(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return letters.replace(/^(.{4})(.{4})$/, '$1-$2');
}
