import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';

const PAUSE: Limit = { name: 'email_pause', points: 1, seconds: 60 };
const CUSTOMER_DAY: Limit = { name: 'email_customer_day', points: 5, seconds: 86_400 };
const ADDRESS_DAY: Limit = { name: 'email_address_day', points: 5, seconds: 86_400 };

/** Against filling somebody's mailbox from a cabinet of one's own. */
@Injectable()
export class EmailLimits {
  constructor(private readonly rates: RateLimits) {}

  /** Throws LimitExceeded. The customer's own limits come first: whoever is over them uses up nobody else's. */
  async admit(customerId: string, email: string): Promise<void> {
    await this.rates.consume(PAUSE, customerId);
    await this.rates.consume(CUSTOMER_DAY, customerId);
    await this.rates.consume(ADDRESS_DAY, email.toLowerCase());
  }
}
