import { Injectable } from '@nestjs/common';
import { sha256 } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import { type Actor, STRANGER } from '../../shared/actor.js';
import { mayBeWithdrawn } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockOrder } from '../order-rows.js';
import { OrderNotFound, TooLateToWithdraw } from '../orders.errors.js';
import type { FollowedOrder, ReachedStep } from './followed-order.js';
import { OrderLimits } from './order-limits.service.js';
import { OWN_ORDERS } from './own-orders.js';

const COLUMNS = `s.id, s.number, s.state, s.held_from as "heldFrom", s.refusal, s.way, s.foreign_citizen as "foreignCitizen",
  v.name as tariff, t.slug as "tariffSlug", p.name as operator, o.name as office, o.address as "officeAddress", s.sim_kind as "simKind",
  right(s.phone, 4) as "phoneEnding", s.line_id is not null as "handedOver", s.created_at as "createdAt"`;
const JOINS = `join tariff_version v on v.id = s.tariff_version_id join tariff t on t.id = v.tariff_id
  join operator p on p.id = s.operator_id left join office o on o.id = s.office_id`;

/** What customers do with the link that they got when they ordered, or by SMS; and with what is theirs in the cabinet. */
@Injectable()
export class OrderFollowers {
  constructor(
    private readonly database: Database,
    private readonly limits: OrderLimits,
    private readonly moves: OrderMoves,
  ) {}

  /** Throws OrderNotFound. */
  async follow(token: string): Promise<FollowedOrder> {
    const [found] = await this.database.query<FollowedOrder>(
      `select ${COLUMNS}, l.may_cancel as "mayCancel" from sim_order_link l join sim_order s on s.id = l.order_id ${JOINS}
       where l.token_hash = $1`,
      [sha256(token)],
    );
    return whatMayBe(found);
  }

  /** Of the cabinet. Throws OrderNotFound, also for an order of somebody else. */
  async followOwn(customerId: string, orderId: string): Promise<FollowedOrder> {
    const [found] = await this.database.query<FollowedOrder>(
      `select ${COLUMNS}, true as "mayCancel" from sim_order s ${JOINS} where s.id = $2 and ${OWN_ORDERS}`,
      [customerId, orderId],
    );
    return whatMayBe(found);
  }

  /** When the order came to which state, the earliest first. */
  steps(orderId: string): Promise<ReachedStep[]> {
    return this.database.query(
      `select to_state as state, at from sim_order_event where order_id = $1 and kind = 'moved' order by seq limit 100`,
      [orderId],
    );
  }

  /** «Отменить заявку», while nothing is agreed upon. Throws OrderNotFound, TooLateToWithdraw, LimitExceeded. */
  async withdraw(token: string): Promise<void> {
    const [link] = await this.database.query<{ id: string; order_id: string; may_cancel: boolean }>(
      'select id, order_id, may_cancel from sim_order_link where token_hash = $1',
      [sha256(token)],
    );
    if (!link) throw new OrderNotFound();
    await this.limits.admitChange(link.id);
    await this.cancel(link.order_id, link.may_cancel, STRANGER);
  }

  /** The same from the cabinet, without a link. Throws OrderNotFound, TooLateToWithdraw, LimitExceeded. */
  async withdrawOwn(customerId: string, orderId: string): Promise<void> {
    const { id } = await this.followOwn(customerId, orderId);
    await this.limits.admitChange(id);
    await this.cancel(id, true, { kind: 'customer', id: customerId });
  }

  private async cancel(orderId: string, allowed: boolean, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const order = await lockOrder(sql, orderId);
      if (order.state === 'cancelled') return;
      if (!allowed || !mayBeWithdrawn(order.state)) throw new TooLateToWithdraw();
      await this.moves.move(sql, order, { to: 'cancelled', actor });
    });
    this.moves.ring();
  }
}

function whatMayBe(found: FollowedOrder | undefined): FollowedOrder {
  if (!found) throw new OrderNotFound();
  return { ...found, mayCancel: found.mayCancel && mayBeWithdrawn(found.state) };
}
