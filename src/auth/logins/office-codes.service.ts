import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { type Limit, RateLimits } from '../limits/rate-limits.service.js';
import { TemporaryPasswords } from './temporary-passwords.service.js';

/** How staff made sure who is asking. */
export const IDENTITY_CHECKS = ['document', 'questions'] as const;
export type IdentityCheck = (typeof IDENTITY_CHECKS)[number];

export interface OfficeCode {
  loginId: string;
  check: IdentityCheck;
  clerk: Actor;
  language: Language;
}

const LIFETIME_MS = 30 * 60_000;
const PER_LOGIN: Limit = { name: 'office_code', points: 5, seconds: 24 * 3600 };

/** Access restored at the office or by the hotline (A11): a code for one log-in, typed in place of the password. */
@Injectable()
export class OfficeCodes {
  constructor(
    private readonly database: Database,
    private readonly temporary: TemporaryPasswords,
    private readonly messages: Messages,
    private readonly rates: RateLimits,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The code, shown to the clerk this once: it works for half an hour and asks for a new password. The contact phone is
   * told, since the one who asks may be a stranger. Throws not_found, LimitExceeded after five a day.
   */
  async issue({ loginId, check, clerk, language }: OfficeCode): Promise<string> {
    await this.rates.consume(PER_LOGIN, loginId);
    const code = await this.database.transaction(async (sql) => {
      const [login] = await sql.query<{ phone: string }>(
        'select phone from login where id = $1 and disabled_at is null for update',
        [loginId],
      );
      if (!login) throw new DomainError('not_found', 'not_found');
      const object = { kind: 'customer', id: loginId };
      await this.audit.record(sql, { actor: clerk, action: 'login.office_code_issued', object, facts: { check } });
      await this.messages.sendSms(sql, { to: login.phone, text: text(language, 'sms:officeCode'), secret: false });
      return this.temporary.issue(sql, loginId, LIFETIME_MS);
    });
    this.messages.ring();
    return code;
  }
}
