import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { hostOf } from '../../shared/ip.js';
import { type Limit, RateLimits } from './rate-limits.service.js';

const QUARTER_HOUR = 900;

export interface AccountAttempt {
  door: 'customer' | 'staff';
  /** Phone or e-mail, known or not. */
  account: string;
  ip: string;
}

/**
 * Wrong passwords cost a pause, for one account from one address and for the address as a whole; never a lock that a
 * stranger could put on somebody's account.
 */
@Injectable()
export class PasswordLimits {
  private readonly accounts: Record<AccountAttempt['door'], Limit>;
  private readonly host: Limit;

  constructor(
    private readonly rates: RateLimits,
    { accessLimits }: Config,
  ) {
    this.accounts = {
      customer: { name: 'password_customer', points: accessLimits.passwordTries, seconds: QUARTER_HOUR },
      staff: { name: 'password_staff', points: accessLimits.staffPasswordTries, seconds: QUARTER_HOUR },
    };
    this.host = { name: 'password_host', points: accessLimits.passwordTriesPerIp, seconds: QUARTER_HOUR };
  }

  /** Counts a try before the password is looked at, so that many at once do not slip through. Throws LimitExceeded. */
  async admit({ door, account, ip }: AccountAttempt): Promise<void> {
    await this.rates.consume(this.host, hostOf(ip));
    await this.rates.consume(this.accounts[door], `${account} ${hostOf(ip)}`);
  }

  /** The password was right: the account starts anew, and the address gets its try back. */
  async forget({ door, account, ip }: AccountAttempt): Promise<void> {
    await this.rates.forget(this.accounts[door], `${account} ${hostOf(ip)}`);
    await this.rates.giveBack(this.host, hostOf(ip));
  }
}
