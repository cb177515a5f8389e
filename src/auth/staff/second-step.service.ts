import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain-error.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { passwordFits } from '../passwords/password.hasher.js';
import { Staff } from './staff.entity.js';

export interface SecondStepAttempt {
  staffId: string;
  password: string;
  ip: string;
}

/** Before something that a forgotten open browser must not give away: whoever sits there says their password again. */
@Injectable()
export class StaffSecondStep {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: PasswordLimits,
  ) {}

  /** Throws InvalidInput at `password` where it does not fit, LimitExceeded after too many tries. */
  async confirm({ staffId, password, ip }: SecondStepAttempt): Promise<void> {
    const staff = await this.em.fork().findOne(Staff, { id: staffId, disabledAt: null });
    const attempt = { door: 'staff', account: staff?.email ?? staffId, ip } as const;
    await this.limits.admit(attempt);
    if (!(await passwordFits(staff?.passwordHash, password))) {
      throw new InvalidInput([{ path: 'password', code: 'password_not_yours' }]);
    }
    await this.limits.forget(attempt);
  }
}
