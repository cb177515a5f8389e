import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isClosed, needsReason, nextStates, type OrderState, type Refusal, type StoredOrder } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockOrder, lockSeenOrder, type OrderEventKind, saveOrder, writeEvent } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';

/** What a clerk saw when they pressed the button. */
export interface SeenOrder {
  id: string;
  revision: number;
  clerkId: string;
}

export interface Step {
  to: Exclude<OrderState, 'handed_over' | 'active'>;
  reason: string | null;
  refusal: Refusal | null;
}

const FURTHEST_CALL_MS = 366 * 24 * 3_600_000;

/**
 * What clerks do with an order (T3). Each verb throws OrderNotFound, and OrderChanged where the order is not what the
 * clerk saw.
 */
@Injectable()
export class OrderDesk {
  constructor(
    private readonly database: Database,
    private readonly moves: OrderMoves,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Null puts it back to everybody. Throws InvalidInput for whoever no longer works here. */
  assign(seen: SeenOrder, assigneeId: string | null): Promise<void> {
    return this.database.transaction((sql) => this.assignWithin(sql, seen, assigneeId));
  }

  async assignWithin(sql: Sql, seen: SeenOrder, assigneeId: string | null): Promise<void> {
    const order = await this.lockOpen(sql, seen);
    if (order.assignee_id === assigneeId) return;
    const [name] = await namesOf(sql, assigneeId);
    if (assigneeId !== null && name === undefined) throw new InvalidInput([{ path: 'assignee', code: 'choose' }]);
    await saveOrder(sql, order, { assignee_id: assigneeId });
    await this.note(sql, seen, { kind: 'assigned', comment: name ?? null, facts: { assigneeId } });
  }

  /** When to call next; null where nobody needs to. Throws InvalidInput for a time that is over or a year ahead. */
  setCall(seen: SeenOrder, at: Date | null): Promise<void> {
    return this.database.transaction((sql) => this.setCallWithin(sql, seen, at));
  }

  async setCallWithin(sql: Sql, seen: SeenOrder, at: Date | null): Promise<void> {
    const aheadMs = at === null ? 1 : at.getTime() - this.clock.now().getTime();
    if (aheadMs <= 0) throw new InvalidInput([{ path: 'callAt', code: 'order_call_past' }]);
    if (aheadMs > FURTHEST_CALL_MS) throw new InvalidInput([{ path: 'callAt', code: 'order_call_far' }]);
    const order = await this.lockOpen(sql, seen);
    await saveOrder(sql, order, { next_call_at: at?.toISOString() ?? null });
    await this.note(sql, seen, { kind: 'call_set', facts: { at: at?.toISOString() ?? null } });
  }

  /** A note for colleagues, whatever the state. Throws OrderNotFound. */
  comment(id: string, clerkId: string, comment: string): Promise<void> {
    return this.database.transaction(async (sql) => {
      await lockOrder(sql, id);
      await this.note(sql, { id, clerkId }, { kind: 'commented', comment });
    });
  }

  /** One state on, or to a stop. Throws OrderStateForbids, and InvalidInput where the reason or the kind of a refusal is missing. */
  async move(seen: SeenOrder, step: Step): Promise<void> {
    await this.database.transaction((sql) => this.moveWithin(sql, seen, step));
    this.moves.ring();
  }

  async moveWithin(sql: Sql, seen: SeenOrder, { to, reason, refusal }: Step): Promise<void> {
    const order = await lockSeenOrder(sql, seen);
    if (!nextStates(order).includes(to)) throw new OrderStateForbids();
    if (needsReason(order.state, to) && !reason) throw new InvalidInput([{ path: 'reason', code: 'isNotEmpty' }]);
    if (to === 'refused' && refusal === null) throw new InvalidInput([{ path: 'refusal', code: 'order_refusal' }]);
    const changes = order.assignee_id === null ? { assignee_id: seen.clerkId } : {};
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    await this.moves.move(sql, order, { to, reason, refusal, changes, actor });
  }

  private async lockOpen(sql: Sql, seen: SeenOrder): Promise<StoredOrder> {
    const order = await lockSeenOrder(sql, seen);
    if (isClosed(order.state)) throw new OrderStateForbids();
    return order;
  }

  private async note(
    sql: Sql,
    { id, clerkId }: Pick<SeenOrder, 'id' | 'clerkId'>,
    { kind, comment, facts }: { kind: OrderEventKind; comment?: string | null; facts?: Record<string, unknown> },
  ): Promise<void> {
    const actor = { kind: 'staff', id: clerkId } as const;
    await writeEvent(sql, { orderId: id, kind, comment, actor, at: this.clock.now() });
    await this.audit.record(sql, { actor, action: `sim_order.${kind}`, object: { kind: 'sim_order', id }, facts });
  }
}

async function namesOf(sql: Sql, staffId: string | null): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `select name from staff where id = $1 and disabled_at is null and role in ('operator', 'manager', 'admin')`,
    [staffId],
  );
  return rows.map(({ name }) => name);
}
