import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { STRANGER } from '../../shared/actor.js';
import { Logins } from './logins.service.js';
import { SmsDoor } from './sms-door.service.js';
import { TemporaryPasswords } from './temporary-passwords.service.js';

export interface ForgottenPassword {
  /** E.164: the contact phone or the number of a line; the SMS goes to the contact phone. */
  phone: string;
  ip: string;
  language: Language;
}

const LIFETIME_MS = 10 * 60_000;

/** «Восстановить/получить пароль»: a temporary password by SMS, for ten minutes. */
@Injectable()
export class ForgottenPasswords {
  constructor(
    private readonly em: EntityManager,
    private readonly logins: Logins,
    private readonly temporary: TemporaryPasswords,
    private readonly messages: Messages,
    private readonly door: SmsDoor,
    private readonly audit: AuditLog,
  ) {}

  /** Tells nothing about whether the phone is known. Throws LimitExceeded. */
  async send({ phone, ip, language }: ForgottenPassword): Promise<void> {
    await this.door.admit({ phone, ip });
    await this.em.fork().transactional(async (em) => {
      const sql = sqlOf(em);
      const login = await this.logins.findLive(em, phone);
      await this.audit.record(sql, {
        actor: STRANGER,
        action: 'login.temporary_password_sent',
        object: { kind: 'login', id: login?.id ?? 'unknown' },
        ip,
      });
      if (!(await this.door.opens(sql, { login, typed: phone, language })) || !login) return;
      const password = await this.temporary.issue(sql, login.id, LIFETIME_MS);
      const sms = text(language, 'sms:temporaryPassword', { password });
      await this.messages.sendSms(sql, { to: login.phone, text: sms, secret: true });
    });
    this.messages.ring();
  }
}
