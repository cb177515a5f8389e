import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { DomainError } from '../../shared/domain-error.js';
import { OrderDesk, type SeenOrder } from './order-desk.service.js';

/** Orders that a clerk does something with at once. */
export const MOST_AT_ONCE = 100;

export interface PileCount {
  done: number;
  /** Closed meanwhile, or not what the clerk had seen: they are left as they are. */
  left: number;
}

/** Many orders at once (T3), each in a transaction of its own. */
@Injectable()
export class OrderPiles {
  constructor(
    private readonly database: Database,
    private readonly desk: OrderDesk,
  ) {}

  /** Throws InvalidInput for whoever no longer works here. */
  assign(pile: readonly SeenOrder[], assigneeId: string): Promise<PileCount> {
    return this.each(pile, (sql, seen) => this.desk.assignWithin(sql, seen, assigneeId));
  }

  /** «Перезвонить позже». Throws InvalidInput for a time that is over. */
  setCall(pile: readonly SeenOrder[], at: Date): Promise<PileCount> {
    return this.each(pile, (sql, seen) => this.desk.setCallWithin(sql, seen, at));
  }

  private async each(
    pile: readonly SeenOrder[],
    work: (sql: Sql, seen: SeenOrder) => Promise<void>,
  ): Promise<PileCount> {
    let done = 0;
    for (const seen of pile.slice(0, MOST_AT_ONCE)) {
      try {
        await this.database.transaction((sql) => work(sql, seen));
        done += 1;
      } catch (error) {
        // What a colleague has just changed is theirs; any other fault stops the pile.
        if (!(error instanceof DomainError) || !['conflict', 'not_found'].includes(error.kind)) throw error;
      }
    }
    return { done, left: pile.length - done };
  }
}
