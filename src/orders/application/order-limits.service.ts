import { Injectable } from '@nestjs/common';
import { FormLimits } from '../../auth/limits/form-limits.js';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Config } from '../../infra/config/config.js';

const DAY = 24 * 3600;

@Injectable()
export class OrderLimits extends FormLimits {
  private readonly customer: Limit;

  constructor(
    private readonly counters: RateLimits,
    { orders }: Config,
  ) {
    super(counters, 'order', orders);
    this.customer = { name: 'order_customer', points: orders.perCustomerDay, seconds: DAY };
  }

  /** So many SIM cards ordered from a cabinet. Throws LimitExceeded. */
  async admitCustomer(customerId: string, count: number): Promise<void> {
    await this.counters.consume(this.customer, customerId, count);
  }
}
