import { Injectable } from '@nestjs/common';
import { Logins } from '../../auth/logins/logins.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Lines } from '../../lines/lines.service.js';
import type { Actor } from '../../shared/actor.js';
import type { Place } from '../../sims/stock/place.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import type { SeenOrder } from '../desk/order-desk.service.js';
import type { Refusal, StoredOrder } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockSeenOrder } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';

/** The operator does not give the number although the customer has the card. */
export interface LateRefusal {
  refusal: Refusal;
  /** What the operator answered: for colleagues. */
  reason: string;
  /** Where the card is that the customer gave back; null where it stays with them and is written off. */
  card: Place | null;
  actor: Actor;
}

/** What the hand-over began is taken back where the operator refuses after it. */
@Injectable()
export class LateRefusals {
  constructor(
    private readonly database: Database,
    private readonly stock: SimStock,
    private readonly logins: Logins,
    private readonly lines: Lines,
    private readonly moves: OrderMoves,
  ) {}

  /** «Оператор отказал» after the hand-over. Throws what `refuseWithin` does, and OrderChanged. */
  async refuse(seen: SeenOrder, refusal: Omit<LateRefusal, 'actor'>): Promise<void> {
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    await this.database.transaction(async (sql) => {
      await this.refuseWithin(sql, await lockSeenOrder(sql, seen), { ...refusal, actor });
    });
    this.moves.ring();
  }

  /**
   * A locked order whose card the customer has: the card comes back or is written off, the line ends and its number and
   * digits open nothing any more (A1, A3), the customer is told; papers stay as they were issued. In the caller's
   * transaction, who rings the messages after it (`ring`). Throws OrderStateForbids, and InvalidInput for a place that is
   * closed.
   */
  async refuseWithin(
    sql: Sql,
    order: StoredOrder,
    { refusal, reason, card, actor }: LateRefusal,
  ): Promise<StoredOrder> {
    if (order.state !== 'handed_over') throw new OrderStateForbids();
    if (card === null) await this.stock.writeOff(sql, order.sim_id!, reason, actor);
    else await this.stock.takeBack(sql, order.sim_id!, card, reason, actor);
    await this.logins.lock(sql, [order.customer_id!]);
    await this.lines.end(sql, order.line_id!, reason, actor);
    return this.moves.move(sql, order, { to: 'refused', refusal, reason, actor });
  }

  /** After the commit: messages go out. */
  ring(): void {
    this.moves.ring();
  }
}
