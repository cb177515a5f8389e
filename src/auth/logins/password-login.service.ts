import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import { STRANGER } from '../../shared/actor.js';
import { FirstPasswords } from '../first-log-in/first-passwords.service.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { passwordFits } from '../passwords/password.hasher.js';
import { Logins } from './logins.service.js';
import { TemporaryPasswords } from './temporary-passwords.service.js';

export interface PasswordAttempt {
  /** E.164. */
  phone: string;
  password: string;
  ip: string;
}

export interface LoggedIn {
  loginId: string;
  /** Where the right secret leads: a temporary password to a new one, a SIM card's digits to a code by SMS. */
  opens: 'cabinet' | 'new_password' | 'first_code';
}

@Injectable()
export class PasswordLogin {
  constructor(
    private readonly em: EntityManager,
    private readonly logins: Logins,
    private readonly limits: PasswordLimits,
    private readonly temporary: TemporaryPasswords,
    private readonly first: FirstPasswords,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Null where phone and password do not belong together. Known and unknown phones, with a password and without, cost
   * the same work: the same look-ups, one slow hash, one audit row. Throws LimitExceeded.
   */
  async logIn({ phone, password, ip }: PasswordAttempt): Promise<LoggedIn | null> {
    const attempt = { door: 'customer', account: phone, ip } as const;
    await this.limits.admit(attempt);
    const em = this.em.fork();
    const login = await this.logins.find(em, phone);
    const fits = await passwordFits(login?.passwordHash, password);
    const temporary = await this.temporary.use(sqlOf(em), login, password);
    const digits = !fits && !temporary && (await this.first.match(phone, password)) === login?.id;
    const admitted = (fits || temporary || digits) && login !== null && login.disabledAt === null ? login : null;
    await this.audit.record(sqlOf(em), {
      actor: admitted ? { kind: 'customer', id: admitted.id } : STRANGER,
      action: !admitted ? 'login.refused' : digits ? 'login.first_digits_right' : 'login.logged_in',
      object: { kind: 'login', id: login?.id ?? 'unknown' },
      facts: { by: temporary ? 'temporary_password' : digits ? 'sim_digits' : 'password' },
      ip,
    });
    if (!admitted) return null;
    await this.limits.forget(attempt);
    return { loginId: admitted.id, opens: digits ? 'first_code' : temporary ? 'new_password' : 'cabinet' };
  }
}
