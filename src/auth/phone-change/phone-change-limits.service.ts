import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../limits/rate-limits.service.js';
import { SmsLimits } from '../limits/sms-limits.service.js';

const DAY = 24 * 3600;
const PER_LOGIN: Limit = { name: 'phone_change', points: 5, seconds: DAY };
/** Codes to new numbers by one clerk, mostly from an address that the whole office shares. */
const PER_CLERK: Limit = { name: 'phone_change_clerk', points: 30, seconds: DAY };

/** How often contacts are changed, and whose phones ring for it. Everything throws LimitExceeded. */
@Injectable()
export class PhoneChangeLimits {
  constructor(
    private readonly rates: RateLimits,
    private readonly sms: SmsLimits,
  ) {}

  async admit(loginId: string, phone: string, ip: string): Promise<void> {
    await this.rates.consume(PER_LOGIN, loginId);
    await this.sms.admit({ phone, ip });
  }

  admitPhone(phone: string, ip: string): Promise<void> {
    return this.sms.admit({ phone, ip });
  }

  async admitClerk(loginId: string, phone: string, staffId: string): Promise<void> {
    await this.rates.consume(PER_CLERK, staffId);
    await this.rates.consume(PER_LOGIN, loginId);
    await this.sms.admitFromTerminal({ phone, terminalId: staffId });
  }
}
