import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { SimStock } from '../sims/stock/sim-stock.service.js';
import {
  isClosed,
  mayMove,
  needsReason,
  PATIENCE_DAYS,
  type OrderState,
  type Refusal,
  type StoredOrder,
} from './order.js';
import { OrderNotices } from './order-notices.service.js';
import { saveOrder, writeEvent } from './order-rows.js';
import { OrderStateForbids } from './orders.errors.js';

const DAY_MS = 86_400_000;

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
   * A locked order. What comes to nothing before the hand-over gives its card back to the stock, a card
   * that was on its way as one to be looked at; what is brought to an office lies there from then on; what became of a card
   * that was handed over is for the caller to say. Throws OrderStateForbids.
   */
  async move(sql: Sql, order: StoredOrder, { to, reason, refusal, changes, actor }: Move): Promise<StoredOrder> {
    if (!mayMove(order, to)) throw new OrderStateForbids();
    const now = this.clock.now();
    const closed = isClosed(to);
    const failed = closed && to !== 'active';
    const givesBack = failed && order.line_id === null;
    if (givesBack && order.sim_id !== null) await this.giveBack(sql, order, order.sim_id, reason, actor);
    if (to === 'at_office' && order.state === 'prepared' && order.sim_kind === 'physical') {
      await this.stock.bringTo(sql, order.sim_id!, order.id, order.office_id!, actor);
    }
    const after = await saveOrder(sql, order, {
      ...changes,
      ...(givesBack && { sim_id: null }),
      state: to,
      held_from: to === 'held' ? order.state : null,
      refusal: to === 'refused' ? (refusal ?? 'other') : null,
      closed_at: closed ? now.toISOString() : null,
      next_call_at: nextCall(order, to, now),
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

  /** What a courier has is looked at before it is sold once more. */
  private async giveBack(
    ...[sql, order, simId, reason = null, actor]: [Sql, StoredOrder, string, string | null | undefined, Actor]
  ): Promise<void> {
    const travels = (order.held_from ?? order.state) === 'in_delivery';
    if (travels) await this.stock.comeBack(sql, simId, order.id, reason, actor);
    else await this.stock.release(sql, simId, order.id, actor);
  }

  /** After the commit: messages go out. */
  ring(): void {
    this.notices.ring();
  }
}

/** The call that was due is made with the first step; what takes longer than it should comes up by itself. */
function nextCall({ state, next_call_at }: StoredOrder, to: OrderState, now: Date): string | null {
  if (isClosed(to) || to === 'called') return null;
  const days = state === 'held' ? undefined : PATIENCE_DAYS[to];
  if (days === undefined || (next_call_at !== null && to !== 'handed_over')) return next_call_at;
  return new Date(now.getTime() + days * DAY_MS).toISOString();
}
