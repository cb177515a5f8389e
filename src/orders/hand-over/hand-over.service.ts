import { Injectable } from '@nestjs/common';
import { Logins } from '../../auth/logins/logins.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Lines } from '../../lines/lines.service.js';
import { Papers } from '../../papers/papers.service.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { printedTails } from '../../sims/iccid/iccid.js';
import type { Place } from '../../sims/stock/place.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { OrderConsents } from '../application/order-consents.service.js';
import type { SeenOrder } from '../desk/order-desk.service.js';
import { mayMove, type Refusal, type StoredOrder } from '../order.js';
import { OrderMoves } from '../order-moves.service.js';
import { lockSeenOrder } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';
import { Receivers } from './receivers.service.js';

/** What the clerk read off the document and wrote down when the customer took the card. */
export interface HandOverNote {
  surname: string;
  name: string;
  patronymic: string | null;
  /** E.164: of a card whose number was chosen at registration. */
  number: string | null;
  /** Who uses the number, where that is not the customer. */
  usedBy: string | null;
}

/** The operator does not give the number although the customer has the card. */
export interface LateRefusal {
  refusal: Refusal;
  /** What the operator answered: for colleagues. */
  reason: string;
  /** Where the card is that the customer gave back; null where it stays with them and is written off. */
  card: Place | null;
  actor: Actor;
}

interface CardInHand {
  iccid: string;
  number: string | null;
}

/** Handing over (T6): customer, account, line, card and papers in one transaction; then the operator switches it on. */
@Injectable()
export class HandOver {
  constructor(
    private readonly database: Database,
    private readonly receivers: Receivers,
    private readonly stock: SimStock,
    private readonly lines: Lines,
    private readonly papers: Papers,
    private readonly consents: OrderConsents,
    private readonly logins: Logins,
    private readonly moves: OrderMoves,
  ) {}

  /**
   * The clerk has looked at the customer's document, and the customer has the card. Throws OrderChanged, OrderStateForbids,
   * LineNumberTaken, SimNumberTaken, and InvalidInput where the card has no number and none is told.
   */
  async handOver(seen: SeenOrder, note: HandOverNote): Promise<void> {
    await this.database.transaction((sql) => this.handOverWithin(sql, seen, note));
    this.moves.ring();
  }

  async handOverWithin(sql: Sql, seen: SeenOrder, note: HandOverNote): Promise<string> {
    const order = await lockSeenOrder(sql, seen);
    if (!mayMove(order, 'handed_over')) throw new OrderStateForbids();
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    const card = await this.cardOf(sql, order);
    const number = card.number ?? note.number;
    if (number === null) throw new InvalidInput([{ path: 'number', code: 'phone_required' }]);
    const customerId = await this.receivers.find(sql, order, note);
    await this.stock.assign(sql, order.sim_id!, order.id, actor, number);
    // A company's number belongs to whoever uses it: its card opens nobody's cabinet.
    const usedBy = note.usedBy ?? order.company;
    const lineId = await this.lines.open(sql, {
      ...{ customerId, operatorId: order.operator_id, tariffVersionId: order.tariff_version_id, number },
      ...{ simId: order.sim_id!, orderId: order.id, usedBy, tails: printedTails(card.iccid), actor },
    });
    await this.papers.give(sql, order.id, customerId);
    await this.consents.register(sql, customerId, order);
    const changes = { customer_id: customerId, line_id: lineId };
    await this.moves.move(sql, order, { to: 'handed_over', changes, actor });
    return lineId;
  }

  /** «Оператор включил номер». Throws OrderChanged, OrderStateForbids. */
  async activate(seen: SeenOrder): Promise<void> {
    await this.database.transaction((sql) => this.activateWithin(sql, seen));
    this.moves.ring();
  }

  async activateWithin(sql: Sql, seen: SeenOrder): Promise<void> {
    const order = await lockSeenOrder(sql, seen);
    if (!mayMove(order, 'active')) throw new OrderStateForbids();
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    await this.lines.activate(sql, order.line_id!, actor);
    await this.moves.move(sql, order, { to: 'active', actor });
  }

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

  private async cardOf(sql: Sql, { sim_id }: StoredOrder): Promise<CardInHand> {
    const [card] = await sql.query<CardInHand>('select iccid, number from sim_card where id = $1', [sim_id]);
    return card!;
  }
}
