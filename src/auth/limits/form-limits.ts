import type { FormTerms } from '../../infra/config/config.js';
import { hostOf, subnetOf } from '../../shared/ip.js';
import { phonePrefix } from '../../shared/phone.js';
import type { Limit, RateLimits } from './rate-limits.service.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOSTS_IN_A_SUBNET = 5;
const CHANGES_BY_A_LINK = 20;

/**
 * Against filling a queue of ours through a public form, and against bothering people who asked for nothing: counted the
 * same for known and unknown phones. `name` is part of the counters' names.
 */
export class FormLimits {
  private readonly limits: Record<'host' | 'subnet' | 'phone' | 'prefix' | 'change', Limit>;

  constructor(
    private readonly rates: RateLimits,
    name: string,
    { perPhoneDay, perIpHour, perPrefixHour }: FormTerms,
  ) {
    this.limits = {
      host: { name: `${name}_host`, points: perIpHour, seconds: HOUR },
      subnet: { name: `${name}_subnet`, points: perIpHour * HOSTS_IN_A_SUBNET, seconds: HOUR },
      phone: { name: `${name}_phone`, points: perPhoneDay, seconds: DAY },
      prefix: { name: `${name}_prefix`, points: perPrefixHour, seconds: HOUR },
      change: { name: `${name}_change`, points: CHANGES_BY_A_LINK, seconds: HOUR },
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

  /** Whatever is done by one secret link afterwards. Throws LimitExceeded. */
  async admitChange(linkId: string): Promise<void> {
    await this.rates.consume(this.limits.change, linkId);
  }
}
