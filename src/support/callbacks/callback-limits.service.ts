import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Config } from '../../infra/config/config.js';
import { hostOf, subnetOf } from '../../shared/ip.js';
import { phonePrefix } from '../../shared/phone.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOSTS_IN_A_SUBNET = 5;
/** Cancelling and choosing other times by one link. */
const CHANGES: Limit = { name: 'callback_change', points: 20, seconds: HOUR };

/** Against filling the queue, and against having somebody else called: counted the same for known and unknown phones. */
@Injectable()
export class CallbackLimits {
  private readonly limits: Record<'host' | 'subnet' | 'phone' | 'prefix', Limit>;

  constructor(
    private readonly rates: RateLimits,
    { callbacks }: Config,
  ) {
    this.limits = {
      host: { name: 'callback_host', points: callbacks.perIpHour, seconds: HOUR },
      subnet: { name: 'callback_subnet', points: callbacks.perIpHour * HOSTS_IN_A_SUBNET, seconds: HOUR },
      phone: { name: 'callback_phone', points: callbacks.perPhoneDay, seconds: DAY },
      prefix: { name: 'callback_prefix', points: callbacks.perPrefixHour, seconds: HOUR },
    };
  }

  /** Throws LimitExceeded. The asker's own limits come first: whoever is over them uses up nobody else's. */
  async admit({ phone, ip }: { phone: string; ip: string }): Promise<void> {
    const { host, subnet, phone: called, prefix } = this.limits;
    await this.rates.consume(host, hostOf(ip));
    await this.rates.consume(subnet, subnetOf(ip));
    await this.rates.consume(called, phone);
    await this.rates.consume(prefix, phonePrefix(phone));
  }

  async admitChange(requestId: string): Promise<void> {
    await this.rates.consume(CHANGES, requestId);
  }
}
