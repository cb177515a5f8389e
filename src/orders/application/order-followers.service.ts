import { Injectable } from '@nestjs/common';
import { sha256 } from '../../auth/secrets.service.js';
import { Database } from '../../infra/database/database.js';
import { STRANGER } from '../../shared/actor.js';
import { mayBeWithdrawn, type OrderState, type Refusal, type Way } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockOrder } from '../order-rows.js';
import { OrderNotFound, TooLateToWithdraw } from '../orders.errors.js';
import { OrderLimits } from './order-limits.service.js';

/** What a secret link shows: neither name nor address, which its reader knows or should not. */
export interface FollowedOrder {
  id: string;
  number: string;
  state: OrderState;
  heldFrom: OrderState | null;
  refusal: Refusal | null;
  way: Way;
  foreignCitizen: boolean;
  tariff: string;
  tariffSlug: string;
  operator: string;
  office: string | null;
  officeAddress: string | null;
  /** The last four digits. */
  phoneEnding: string;
  mayCancel: boolean;
  createdAt: string;
}

/** What customers do with the link that they got when they ordered, or by SMS. */
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
      `select s.id, s.number, s.state, s.held_from as "heldFrom", s.refusal, s.way, s.foreign_citizen as "foreignCitizen",
              v.name as tariff, t.slug as "tariffSlug", p.name as operator, o.name as office, o.address as "officeAddress",
              right(s.phone, 4) as "phoneEnding", l.may_cancel as "mayCancel", s.created_at as "createdAt"
       from sim_order_link l join sim_order s on s.id = l.order_id join tariff_version v on v.id = s.tariff_version_id
       join tariff t on t.id = v.tariff_id join operator p on p.id = s.operator_id left join office o on o.id = s.office_id
       where l.token_hash = $1`,
      [sha256(token)],
    );
    if (!found) throw new OrderNotFound();
    return { ...found, mayCancel: found.mayCancel && mayBeWithdrawn(found.state) };
  }

  /** When the order came to which state, the earliest first. */
  steps(orderId: string): Promise<{ state: OrderState; at: string }[]> {
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
    await this.database.transaction(async (sql) => {
      const order = await lockOrder(sql, link.order_id);
      if (order.state === 'cancelled') return;
      if (!link.may_cancel || !mayBeWithdrawn(order.state)) throw new TooLateToWithdraw();
      await this.moves.move(sql, order, { to: 'cancelled', actor: STRANGER });
    });
    this.moves.ring();
  }
}
