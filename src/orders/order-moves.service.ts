import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { SimStock } from '../sims/stock/sim-stock.service.js';
import { isClosed, mayMove, needsReason, type OrderState, type Refusal, type StoredOrder } from './order.js';
import { OrderNotices } from './order-notices.service.js';
import { saveOrder, writeEvent } from './order-rows.js';
import { OrderStateForbids } from './orders.errors.js';

export interface Move {
  to: OrderState;
  reason?: string | null;
  /** Why the operator refused. */
  refusal?: Refusal | null;
  /** What the step brings with it: a line, a customer. */
  changes?: Partial<StoredOrder>;
  actor: Actor;
}

/** From one state to the next, with all that belongs to it: the card, the history, the message, the audit. */
@Injectable()
export class OrderMoves {
  constructor(
    private readonly stock: SimStock,
    private readonly notices: OrderNotices,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * A locked order. What comes to nothing before the hand-over gives its card back to the stock; what became of a card
   * that was handed over is for the caller to say. Throws OrderStateForbids.
   */
  async move(sql: Sql, order: StoredOrder, { to, reason, refusal, changes, actor }: Move): Promise<StoredOrder> {
    if (!mayMove(order, to)) throw new OrderStateForbids();
    const now = this.clock.now();
    const closed = isClosed(to);
    const failed = closed && to !== 'active';
    const givesBack = failed && order.line_id === null;
    if (givesBack && order.sim_id !== null) await this.stock.release(sql, order.sim_id, order.id, actor);
    const after = await saveOrder(sql, order, {
      ...changes,
      ...(givesBack && { sim_id: null }),
      state: to,
      held_from: to === 'held' ? order.state : null,
      refusal: to === 'refused' ? (refusal ?? 'other') : null,
      closed_at: closed ? now.toISOString() : null,
      // The call that was due is made with the first step.
      next_call_at: closed || to === 'called' ? null : order.next_call_at,
    });
    await writeEvent(sql, { orderId: order.id, kind: 'moved', from: order.state, to, reason, actor, at: now });
    // What goes back or on after a pause is no news to the customer.
    const onwards = order.state !== 'held' && !needsReason(order.state, to);
    if (onwards || failed) await this.notices.tell(sql, after);
    const object = { kind: 'sim_order', id: order.id };
    const facts = { before: order.state, after: to, ...(to === 'refused' && { refusal: after.refusal }) };
    await this.audit.record(sql, { actor, action: 'sim_order.moved', object, facts });
    return after;
  }

  /** After the commit: messages go out. */
  ring(): void {
    this.notices.ring();
  }
}
