import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import { STRANGER } from '../../shared/actor.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { passwordFits } from '../passwords/password.hasher.js';
import { Login } from './login.entity.js';
import { TemporaryPasswords } from './temporary-passwords.service.js';

export interface PasswordAttempt {
  /** E.164. */
  phone: string;
  password: string;
  ip: string;
}

export interface LoggedIn {
  loginId: string;
  /** Came in with a temporary password: sets a new one before anything else. */
  mustSetPassword: boolean;
}

@Injectable()
export class PasswordLogin {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: PasswordLimits,
    private readonly temporary: TemporaryPasswords,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Null where phone and password do not belong together. Known and unknown phones, with a password and without, cost
   * the same work: one look-up, one slow hash, one audit row. Throws LimitExceeded.
   */
  async logIn({ phone, password, ip }: PasswordAttempt): Promise<LoggedIn | null> {
    const attempt = { door: 'customer', account: phone, ip } as const;
    await this.limits.admit(attempt);
    const em = this.em.fork();
    const login = await em.findOne(Login, { phone });
    const fits = await passwordFits(login?.passwordHash, password);
    const temporary = await this.temporary.use(sqlOf(em), login, password);
    const admitted = (fits || temporary) && login !== null && login.disabledAt === null ? login : null;
    await this.audit.record(sqlOf(em), {
      actor: admitted ? { kind: 'customer', id: admitted.id } : STRANGER,
      action: admitted ? 'login.logged_in' : 'login.refused',
      object: { kind: 'login', id: login?.id ?? 'unknown' },
      facts: { by: temporary ? 'temporary_password' : 'password' },
      ip,
    });
    if (!admitted) return null;
    await this.limits.forget(attempt);
    return { loginId: admitted.id, mustSetPassword: temporary };
  }
}
