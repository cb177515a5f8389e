import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type PileCount, workPile } from '../../infra/database/pile.js';
import { OrderDesk, type SeenOrder } from './order-desk.service.js';

/** Many orders at once (T3), each in a transaction of its own. */
@Injectable()
export class OrderPiles {
  constructor(
    private readonly database: Database,
    private readonly desk: OrderDesk,
  ) {}

  /** Throws InvalidInput for whoever no longer works here. */
  assign(pile: readonly SeenOrder[], assigneeId: string): Promise<PileCount> {
    return workPile(this.database, pile, (sql, seen) => this.desk.assignWithin(sql, seen, assigneeId));
  }

  /** «Перезвонить позже». Throws InvalidInput for a time that is over. */
  setCall(pile: readonly SeenOrder[], at: Date): Promise<PileCount> {
    return workPile(this.database, pile, (sql, seen) => this.desk.setCallWithin(sql, seen, at));
  }
}
