import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import { STRANGER } from '../../shared/actor.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { passwordFits } from '../passwords/password.hasher.js';
import { Staff } from './staff.entity.js';

export interface StaffAttempt {
  email: string;
  password: string;
  ip: string;
}

@Injectable()
export class StaffLogin {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: PasswordLimits,
    private readonly audit: AuditLog,
  ) {}

  /** The id, or null where e-mail and password do not belong together; the same work for both. Throws LimitExceeded. */
  async logIn({ email, password, ip }: StaffAttempt): Promise<string | null> {
    const account = email.trim().toLowerCase();
    const attempt = { door: 'staff', account, ip } as const;
    await this.limits.admit(attempt);
    const em = this.em.fork();
    const staff = await em.findOne(Staff, { email: account });
    const fits = await passwordFits(staff?.passwordHash, password);
    const admitted = fits && staff?.disabledAt === null ? staff : null;
    await this.audit.record(sqlOf(em), {
      actor: admitted ? { kind: 'staff', id: admitted.id } : STRANGER,
      action: admitted ? 'staff.logged_in' : 'staff.refused',
      object: { kind: 'staff', id: staff?.id ?? 'unknown' },
      ip,
    });
    if (!admitted) return null;
    await this.limits.forget(attempt);
    return admitted.id;
  }
}
