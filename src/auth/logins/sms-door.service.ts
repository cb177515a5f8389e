import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import { SmsLimits } from '../limits/sms-limits.service.js';
import type { Login } from './login.entity.js';
import { SimSwaps } from './sim-swaps.service.js';

export interface WayIn {
  login: Login | null;
  /** What was typed: the contact phone, or the number of a line. */
  typed: string;
  language: Language;
}

/** Whether an SMS may open a cabinet: who asks and how often, and whether the SIM card has just been replaced. */
@Injectable()
export class SmsDoor {
  constructor(
    private readonly limits: SmsLimits,
    private readonly swaps: SimSwaps,
  ) {}

  /** Before anything is looked up. Throws LimitExceeded. */
  admit(asked: { phone: string; ip: string }): Promise<void> {
    return this.limits.admit(asked);
  }

  /**
   * Whether a code may go: how often one rings for this cabinet. Whether its card is to be trusted is asked where every
   * code is issued. No error: that would tell a stranger something of whose phone it is.
   */
  async rings({ login, typed }: Omit<WayIn, 'language'>): Promise<boolean> {
    return login !== null && (await this.limits.mayRing(login.phone, typed));
  }

  /** Whether a password may go: the same, and no card that has just been put in gets one. */
  async opens(sql: Sql, { login, typed, language }: WayIn): Promise<boolean> {
    if (login === null || !(await this.rings({ login, typed }))) return false;
    return !(await this.swaps.holds(sql, { phone: login.phone, language, instead: 'simSwapPassword' }));
  }
}
