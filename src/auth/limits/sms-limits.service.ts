import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { LimitExceeded } from '../../shared/domain-error.js';
import { hostOf, subnetOf } from '../../shared/ip.js';
import { phonePrefix } from '../../shared/phone.js';
import { type Limit, RateLimits } from './rate-limits.service.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Customers without the app at one till. */
const PER_TERMINAL_HOUR = 60;

/**
 * Against SMS pumping and bombing: who asks, whose phone rings, and what the day may cost. Counted the same for known
 * and unknown phones, before anything is looked up.
 */
@Injectable()
export class SmsLimits {
  private readonly limits: Record<
    'host' | 'subnet' | 'terminal' | 'pause' | 'hour' | 'day' | 'prefix' | 'budget',
    Limit
  >;

  constructor(
    private readonly rates: RateLimits,
    { accessLimits }: Config,
  ) {
    this.limits = {
      host: { name: 'sms_host', points: accessLimits.smsPerIpHour, seconds: HOUR },
      subnet: { name: 'sms_subnet', points: accessLimits.smsPerSubnetHour, seconds: HOUR },
      terminal: { name: 'sms_terminal', points: PER_TERMINAL_HOUR, seconds: HOUR },
      pause: { name: 'sms_pause', points: 1, seconds: accessLimits.smsPauseSeconds },
      hour: { name: 'sms_hour', points: accessLimits.smsPerPhoneHour, seconds: HOUR },
      day: { name: 'sms_day', points: accessLimits.smsPerPhoneDay, seconds: DAY },
      prefix: { name: 'sms_prefix', points: accessLimits.smsPerPrefixHour, seconds: HOUR },
      budget: { name: 'sms_budget', points: accessLimits.smsPerDay, seconds: DAY },
    };
  }

  /**
   * Throws LimitExceeded. The asker's own limits come first: whoever is over them uses up nobody else's; the shared
   * ones come last, so that a phone that is over its own does not use them up either.
   */
  async admit({ phone, ip }: { phone: string; ip: string }): Promise<void> {
    const { host, subnet } = this.limits;
    await this.rates.consume(host, hostOf(ip));
    await this.rates.consume(subnet, subnetOf(ip));
    await this.admitPhone(phone);
  }

  /**
   * Whether a contact phone may ring for the number that was typed and admitted: somebody with many lines is not to be
   * bombed through all of them. No error: that would tell whose line it is.
   */
  async mayRing(contactPhone: string, typedPhone: string): Promise<boolean> {
    if (contactPhone === typedPhone) return true;
    const { pause, hour, day } = this.limits;
    try {
      for (const limit of [pause, hour, day]) await this.rates.consume(limit, contactPhone);
      return true;
    } catch (refusal) {
      if (refusal instanceof LimitExceeded) return false;
      throw refusal;
    }
  }

  /** The same where a till asks: many of them share an address, and none is a stranger. */
  async admitFromTerminal({ phone, terminalId }: { phone: string; terminalId: string }): Promise<void> {
    await this.rates.consume(this.limits.terminal, terminalId);
    await this.admitPhone(phone);
  }

  private async admitPhone(phone: string): Promise<void> {
    const { pause, hour, day, prefix, budget } = this.limits;
    for (const limit of [pause, hour, day]) await this.rates.consume(limit, phone);
    await this.rates.consume(prefix, phonePrefix(phone));
    await this.rates.consume(budget, 'all');
  }
}
