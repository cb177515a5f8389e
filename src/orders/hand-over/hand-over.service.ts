import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Lines } from '../../lines/lines.service.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { printedTails } from '../../sims/iccid/iccid.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import type { SeenOrder } from '../desk/order-desk.service.js';
import { OrderPapers } from '../desk/order-papers.service.js';
import { mayMove, type StoredOrder } from '../order.js';
import { lockSeenOrder } from '../order-rows.js';
import { OrderStateForbids } from '../orders.errors.js';
import { Activations } from './activations.service.js';
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
  /** A company's taxpayer number. */
  inn: string | null;
  /** The profile has another name, and the clerk says that it is the same person. */
  samePerson: boolean;
  /** The INN is a company's with another name than the order says, and the number is for that company. */
  forCompany: boolean;
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
    private readonly papers: OrderPapers,
    private readonly activations: Activations,
  ) {}

  /**
   * The clerk has looked at the customer's document, and the customer has the card. Throws OrderChanged, OrderStateForbids,
   * PapersMissing, PapersStale,
   * LineNumberTaken, SimNumberTaken, and InvalidInput where the card has no number and none is told, or a company no INN.
   */
  async handOver(seen: SeenOrder, note: HandOverNote): Promise<void> {
    await this.database.transaction((sql) => this.handOverWithin(sql, seen, note));
    this.activations.ring();
  }

  async handOverWithin(sql: Sql, seen: SeenOrder, note: HandOverNote): Promise<string> {
    const order = await lockSeenOrder(sql, seen);
    if (!mayMove(order, 'handed_over')) throw new OrderStateForbids();
    await this.papers.expectCurrent(sql, order.id);
    const actor = { kind: 'staff', id: seen.clerkId } as const;
    const card = await this.cardOf(sql, order);
    const number = card.number ?? note.number;
    if (number === null) throw new InvalidInput([{ path: 'number', code: 'phone_required' }]);
    const customerId = await this.receivers.find(sql, order, note, actor);
    await this.stock.assign(sql, order.sim_id!, order.id, actor, number);
    // A company's number belongs to whoever uses it: its card opens nobody's cabinet.
    const usedBy = note.usedBy ?? order.company;
    // The papers that were issued before had a blank where the number is now, or told somebody else how to log in.
    const reissued = card.number === null || (note.usedBy === null) !== (order.used_by === null);
    if (reissued) await this.papers.issueLocked(sql, { ...order, used_by: note.usedBy }, actor);
    const lineId = await this.lines.open(sql, {
      ...{ customerId, operatorId: order.operator_id, tariffVersionId: order.tariff_version_id, number },
      ...{ simId: order.sim_id!, orderId: order.id, usedBy, tails: printedTails(card.iccid), actor },
    });
    await this.receivers.settle(sql, order, { customerId, lineId, usedBy: note.usedBy }, actor);
    await this.papers.give(sql, order.id, customerId);
    const changes = { customer_id: customerId, line_id: lineId };
    await this.activations.begin(sql, order, changes, actor);
    return lineId;
  }

  private async cardOf(sql: Sql, { sim_id }: StoredOrder): Promise<CardInHand> {
    const [card] = await sql.query<CardInHand>('select iccid, number from sim_card where id = $1', [sim_id]);
    return card!;
  }
}
