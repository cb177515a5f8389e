import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { SimNotFound } from '../../sims/sims.errors.js';
import { SimCandidates, type SimChoice } from '../../sims/stock/sim-candidates.service.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { readSimWords } from '../../sims/stock/sim-words.js';
import { mayChangeSim, type StoredOrder } from '../order.js';
import { lockSeenOrder, saveOrder, writeEvent } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';
import type { SeenOrder } from './order-desk.service.js';

type Wanting = Pick<StoredOrder, 'operator_id' | 'sim_kind' | 'office_id'>;

/** The card that an order takes from the stock. */
@Injectable()
export class OrderSims {
  constructor(
    private readonly database: Database,
    private readonly stock: SimStock,
    private readonly candidates: SimCandidates,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Cards of the order's operator and kind, first those at the office where it is collected; `typed` is the end of a number,
   * `?` for any digit, or a whole ICCID.
   */
  async find(order: Wanting, typed: string): Promise<SimChoice> {
    const wish = { operatorId: order.operator_id, kind: order.sim_kind, firstAt: order.office_id ?? undefined };
    const words = readSimWords(typed);
    if (words?.kind === 'iccid') return this.candidates.named(this.database, wish, words.bodies);
    const cards = await this.candidates.find(this.database, words ? { ...wish, numberPattern: words.pattern } : wish);
    return { cards, missing: null };
  }

  /** Another card than the one it has goes back. Throws OrderChanged, OrderStateForbids, SimNotFound, SimTaken. */
  reserve(seen: SeenOrder, simId: string): Promise<void> {
    return this.database.transaction((sql) => this.reserveWithin(sql, seen, simId));
  }

  async reserveWithin(sql: Sql, seen: SeenOrder, simId: string): Promise<void> {
    const order = await this.lockChangeable(sql, seen);
    if (order.sim_id === simId) return;
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    const [fits] = await sql.query('select from sim_card where id = $1 and operator_id = $2 and kind = $3', [
      ...[simId, order.operator_id, order.sim_kind],
    ]);
    if (!fits) throw new SimNotFound();
    await this.stock.reserve(sql, simId, order.id, actor);
    if (order.sim_id !== null) await this.stock.release(sql, order.sim_id, order.id, actor);
    await this.save(sql, seen, order, simId);
  }

  /** The card is in stock again. Throws OrderChanged, OrderStateForbids. */
  release(seen: SeenOrder): Promise<void> {
    return this.database.transaction(async (sql) => {
      const order = await this.lockChangeable(sql, seen);
      if (order.sim_id === null) return;
      await this.stock.release(sql, order.sim_id, order.id, { kind: 'staff', id: seen.clerkId });
      await this.save(sql, seen, order, null);
    });
  }

  private async lockChangeable(sql: Sql, seen: SeenOrder): Promise<StoredOrder> {
    const order = await lockSeenOrder(sql, seen);
    if (!mayChangeSim(order.state)) throw new OrderStateForbids();
    return order;
  }

  private async save(sql: Sql, { clerkId }: SeenOrder, order: StoredOrder, simId: string | null): Promise<void> {
    await saveOrder(sql, order, { sim_id: simId });
    const kind = simId === null ? 'sim_released' : 'sim_reserved';
    const actor = { kind: 'staff', id: clerkId } as const;
    await writeEvent(sql, { orderId: order.id, kind, actor, at: this.clock.now() });
    const object = { kind: 'sim_order', id: order.id };
    await this.audit.record(sql, { actor, action: `sim_order.${kind}`, object, facts: { simId } });
  }
}
