import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Config } from '../../infra/config/config.js';
import { hostOf, subnetOf } from '../../shared/ip.js';
import { phonePrefix } from '../../shared/phone.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOSTS_IN_A_SUBNET = 5;
/** Whatever is done by one link. */
const CHANGES: Limit = { name: 'order_change', points: 20, seconds: HOUR };

/** Against filling the desk, and against messages to people who ordered nothing. */
@Injectable()
export class OrderLimits {
  private readonly limits: Record<'host' | 'subnet' | 'phone' | 'prefix', Limit>;

  constructor(
    private readonly rates: RateLimits,
    { orders }: Config,
  ) {
    this.limits = {
      host: { name: 'order_host', points: orders.perIpHour, seconds: HOUR },
      subnet: { name: 'order_subnet', points: orders.perIpHour * HOSTS_IN_A_SUBNET, seconds: HOUR },
      phone: { name: 'order_phone', points: orders.perPhoneDay, seconds: DAY },
      prefix: { name: 'order_prefix', points: orders.perPrefixHour, seconds: HOUR },
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

  async admitChange(linkId: string): Promise<void> {
    await this.rates.consume(CHANGES, linkId);
  }
}
