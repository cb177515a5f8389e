import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Database } from '../../infra/database/database.js';
import { LimitExceeded } from '../../shared/domain-error.js';
import { Secrets } from '../secrets.service.js';

export interface Limit {
  /** Part of the key: limits of one name share their counts. */
  name: string;
  points: number;
  seconds: number;
}

/**
 * Counters in PostgreSQL, so that they hold for all processes and across restarts. They run on real time, on a
 * connection of their own: what a rolled back transaction tried still counts. A window that is used up is a cool-down
 * and ends by itself.
 */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterPostgres>();

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** Counts one more, or several at once. Throws LimitExceeded with the seconds to wait. */
  async consume(limit: Limit, key: string, points = 1): Promise<void> {
    try {
      await this.limiter(limit).consume(this.blind(key), points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new LimitExceeded(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  }

  /** What turned out to be right is not held against anybody. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.limiter(limit).reward(this.blind(key));
  }

  async forget(limit: Limit, key: string): Promise<void> {
    await this.limiter(limit).delete(this.blind(key));
  }

  private limiter({ name, points, seconds }: Limit): RateLimiterPostgres {
    let limiter = this.limiters.get(name);
    if (!limiter) {
      limiter = new RateLimiterPostgres({
        storeClient: this.database.pool,
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
      });
      this.limiters.set(name, limiter);
    }
    return limiter;
  }

  /** Keys are phones and addresses: the table holds neither. */
  private blind(key: string): string {
    return this.secrets.digest('rate limit', key).toString('base64url');
  }
}
