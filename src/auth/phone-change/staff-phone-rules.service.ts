import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { PhoneChangeBook } from './phone-change-book.service.js';
import { PhoneChangeLimits } from './phone-change-limits.service.js';

export interface ClerkOfChange {
  staffId: string;
  role: StaffRole | null;
  loginId: string;
  /** The customer's: both SMS go to them. */
  language: Language;
}

/** So long after staff changed a contact only an administrator changes it again: one who was talked round may be found out meanwhile. */
const WAIT_MS = 24 * 3600_000;

/** Who of staff may change a contact now. */
@Injectable()
export class StaffPhoneRules {
  constructor(
    private readonly book: PhoneChangeBook,
    private readonly limits: PhoneChangeLimits,
    private readonly clock: Clock,
  ) {}

  admit({ staffId, loginId }: ClerkOfChange, phone: string): Promise<void> {
    return this.limits.admitClerk(loginId, phone, staffId);
  }

  /** Throws phone_change_wait within a day of the last change by staff, but for administrators. */
  async expectMay(sql: Sql, { loginId, role }: ClerkOfChange): Promise<void> {
    if (role === 'admin') return;
    const since = new Date(this.clock.real().getTime() - WAIT_MS);
    if (await this.book.staffChangedSince(sql, loginId, since)) throw new DomainError('phone_change_wait', 'conflict');
  }
}
