import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';
import { Ledger } from '../ledger/ledger.service.js';
import { NO_POINTS, pointsBalance } from './points-balance.js';
import type { PointsBalance } from './purchase.js';

/** Reads balances as of a moment: what is due by then counts as burnt, whether or not the nightly job has been here. */
@Injectable()
export class PointsReader {
  constructor(private readonly ledger: Ledger) {}

  /** A card that is not sold yet has no account and no points. */
  async balance(sql: Sql, accountId: string | null, now: Date): Promise<PointsBalance> {
    return accountId === null ? NO_POINTS : pointsBalance(await this.ledger.peek(sql, [accountId], now), accountId);
  }
}
