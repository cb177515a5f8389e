import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Category } from '../../stations/category.js';
import { CUSTOMER_ACCOUNTS, IS_MOVEMENT, MOVEMENT_KIND } from './customer-accounts.js';

export interface PurchaseRow {
  id: string;
  state: 'confirmed' | 'held';
  occurred_at: string;
  receipt_number: string;
  receipt_at: string;
  total_kopecks: string;
  redeemed_hundredths: string;
  earned_hundredths: string;
  card_number: string;
  station: string;
  city: string;
  address: string;
  time_zone: string;
}

export interface LineRow {
  category: Category;
  name: string | null;
  sum_kopecks: string;
  discount_kopecks: string;
  earned_hundredths: string;
  price_kopecks: string | null;
  quantity_thousandths: string | null;
  rules: { code: string; title: string; points: string }[];
}

export interface MovementRow {
  id: string;
  kind: 'burning' | 'move' | 'debt';
  occurred_at: string;
  amount: string;
  card_number: string | null;
}

export interface RefundRow {
  id: string;
  purchase_id: string;
  occurred_at: string;
  sum_kopecks: string;
  returned_hundredths: string;
  taken_back_hundredths: string;
  card_number: string;
  station: string;
  city: string;
  address: string;
  time_zone: string;
}

/** Points of one day's earning that an operation took. */
export interface DrawRow {
  earned_at: string;
  expires_at: string;
  amount: string;
}

/** One operation of a customer with all that made it; another's is not found. */
@Injectable()
export class OperationDetailQueries {
  constructor(private readonly database: Database) {}

  async purchase(customerId: string, id: string): Promise<PurchaseRow | null> {
    const [purchase] = await this.database.query<PurchaseRow>(
      `select p.id, p.state, p.occurred_at, p.receipt_number, p.receipt_at, p.total_kopecks, p.redeemed_hundredths,
              p.earned_hundredths, p.card_number, s.name as station, s.city, s.address, s.time_zone
       from purchase p join card c on c.number = p.card_number join station s on s.id = p.station_id
       where p.id = $2 and c.customer_id = $1 and p.state in ('confirmed', 'held')`,
      [customerId, id],
    );
    return purchase ?? null;
  }

  lines(purchaseId: string): Promise<LineRow[]> {
    return this.database.query<LineRow>(
      `select category, name, sum_kopecks, discount_kopecks, earned_hundredths, price_kopecks, quantity_thousandths,
              rules
       from purchase_line where purchase_id = $1 order by index`,
      [purchaseId],
    );
  }

  async refund(customerId: string, id: string): Promise<RefundRow | null> {
    const [refund] = await this.database.query<RefundRow>(
      `select r.id, r.purchase_id, r.occurred_at, r.sum_kopecks, r.returned_hundredths, r.taken_back_hundredths,
              p.card_number, s.name as station, s.city, s.address, s.time_zone
       from refund r join (${CUSTOMER_ACCOUNTS}) mine on mine.id = r.account_id
       join purchase p on p.id = r.purchase_id join station s on s.id = p.station_id where r.id = $2`,
      [customerId, id],
    );
    return refund ?? null;
  }

  /** The refunds of a purchase, oldest first. */
  refunds(purchaseId: string): Promise<Pick<RefundRow, 'id' | 'occurred_at' | 'sum_kopecks'>[]> {
    return this.database.query('select id, occurred_at, sum_kopecks from refund where purchase_id = $1 order by id', [
      purchaseId,
    ]);
  }

  async movement(customerId: string, id: string): Promise<MovementRow | null> {
    const [movement] = await this.database.query<MovementRow>(
      `select t.id, ${MOVEMENT_KIND} as kind, t.occurred_at, t.amount, mine.card_number
       from transfer t join (${CUSTOMER_ACCOUNTS}) mine on mine.id = t.from_account_id
       where t.id = $2 and ${IS_MOVEMENT}`,
      [customerId, id],
    );
    return movement ?? null;
  }

  /** What a burning or a move took from which day's points. */
  drawsOfMovement(transferId: string): Promise<DrawRow[]> {
    return this.draws('d.transfer_id = $1', [transferId]);
  }

  /** Which points paid for a purchase. */
  drawsOfPurchase(purchaseId: string): Promise<DrawRow[]> {
    return this.draws(
      `d.transfer_id in (
         select t.id from purchase p left join points_hold h on h.purchase_id = p.id
         join transfer t on t.from_account_id in (p.account_id, h.held_account_id)
           and t.occurred_at = p.occurred_at and t.kind = 'spend' and t.subject_id = p.id
         where p.id = $1)`,
      [purchaseId],
    );
  }

  /** What is left of the points that a purchase earned, wherever they have moved since. */
  async leftOf(
    customerId: string,
    purchaseId: string,
    now: Date,
  ): Promise<{ left: string; expires_at: string | null }> {
    const [left] = await this.database.query<{ left: string; expires_at: string | null }>(
      `select coalesce(sum(l.remaining), 0) as left, min(l.expires_at) as expires_at
       from customer c join lot l on l.account_id = c.points_account_id and l.remaining > 0
       where c.id = $1 and l.earned_by = $2 and l.expires_at > $3`,
      [customerId, purchaseId, now],
    );
    return left!;
  }

  private draws(which: string, params: readonly unknown[]): Promise<DrawRow[]> {
    return this.database.query<DrawRow>(
      `select l.earned_at, l.expires_at, d.amount from lot_draw d join lot l on l.id = d.lot_id
       where ${which} order by l.expires_at, l.earned_at`,
      params,
    );
  }
}
