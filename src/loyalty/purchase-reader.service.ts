import { Injectable } from '@nestjs/common';
import { CardRegister } from '../cards/card-register.service.js';
import type { Sql } from '../infra/database/sql.js';
import { parseDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';
import { RefundRegister } from './after-sale/refund-register.service.js';
import type { Refund } from './after-sale/refund.js';
import { PointsReader } from './points-reader.service.js';
import type { PricedLine, PricedReceipt } from './pricing.js';
import type { Purchase } from './purchase.js';
import { type LiveCard } from './purchase-terms.js';
import type { StoredRule } from './purchase.writes.js';

interface PurchaseRow {
  id: string;
  state: Exclude<Purchase['state'], 'quoted'>;
  card_number: string;
  account_id: string;
  terminal_id: string;
  receipt_number: string;
  receipt_at: string;
  occurred_at: string;
  total_kopecks: string;
  redeemed_hundredths: string;
  earned_hundredths: string;
  hold_account_id: string | null;
  held_account_id: string | null;
  due_at: string | null;
}

interface LineRow {
  category: PricedLine['category'];
  sum_kopecks: string;
  discount_kopecks: string;
  earned_hundredths: string;
  rules: StoredRule[];
  sku: string | null;
  name: string | null;
  price_kopecks: string | null;
  quantity_thousandths: string | null;
}

/** A purchase as its rows say, with its card as it is now. */
export interface RegisteredPurchase extends Omit<Purchase, 'balance'> {
  card: LiveCard;
  state: PurchaseRow['state'];
  terminalId: string;
  /** The account that it was registered on; the card's may be another by now. */
  accountId: string;
  receiptNumber: string;
  receiptAt: Date;
  /** As PostgreSQL writes it, to the last digit. */
  occurredAt: string;
  /** Where it was held: the account whose points, the account that keeps them, until when. */
  hold: { accountId: string; heldAccountId: string | null; dueAt: Date } | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds registered purchases. */
@Injectable()
export class PurchaseReader {
  constructor(
    private readonly cards: CardRegister,
    private readonly points: PointsReader,
    private readonly refunds: RefundRegister,
  ) {}

  /**
   * A purchase of this station, with today's balance and what was given back of it; another station's is
   * `purchase_not_found`. One whose hold is over counts as released, whether or not a job has been here.
   */
  async ofStation(sql: Sql, stationId: string, id: string, now: Date): Promise<Purchase & { refunds: Refund[] }> {
    const { state, hold, ...purchase } = await this.find(sql, stationId, id);
    const released = state === 'held' && hold !== null && hold.dueAt <= now;
    return {
      ...purchase,
      ...(released ? { state: 'released', priced: withoutPoints(purchase.priced) } : { state }),
      balance: await this.points.balance(sql, purchase.card.accountId, now),
      refunds: await this.refunds.of(sql, id),
    };
  }

  /** The rows of a purchase of this station; another station's is `purchase_not_found`. */
  async find(sql: Sql, stationId: string, id: string): Promise<RegisteredPurchase> {
    const [row] = UUID.test(id) ? await this.select(sql, stationId, id) : [];
    if (row === undefined) {
      throw new DomainError('purchase_not_found', 'not_found');
    }
    const card = (await this.cards.byNumbers(sql, [row.card_number])).get(row.card_number)!;
    const { hold_account_id: accountId, held_account_id: heldAccountId, due_at: dueAt } = row;
    return {
      id: row.id,
      state: row.state,
      card: card as LiveCard,
      ...{ terminalId: row.terminal_id, accountId: row.account_id, receiptNumber: row.receipt_number },
      ...{ receiptAt: new Date(row.receipt_at), occurredAt: row.occurred_at },
      priced: {
        lines: (await this.lines(sql, row.id)).map(toLine),
        totalKopecks: BigInt(row.total_kopecks),
        redeemedHundredths: BigInt(row.redeemed_hundredths),
        earnedHundredths: BigInt(row.earned_hundredths),
      },
      hold: accountId === null ? null : { accountId, heldAccountId, dueAt: new Date(dueAt!) },
    };
  }

  private select(sql: Sql, stationId: string, id: string): Promise<PurchaseRow[]> {
    return sql.query<PurchaseRow>(
      `select p.id, p.state, p.card_number, p.account_id, p.terminal_id, p.receipt_number, p.receipt_at, p.occurred_at,
         p.total_kopecks, p.redeemed_hundredths, p.earned_hundredths,
         h.account_id as hold_account_id, h.held_account_id, h.due_at
       from purchase p left join points_hold h on h.purchase_id = p.id where p.id = $1 and p.station_id = $2`,
      [id, stationId],
    );
  }

  private lines(sql: Sql, purchaseId: string): Promise<LineRow[]> {
    return sql.query<LineRow>(
      `select category, sum_kopecks, discount_kopecks, earned_hundredths, rules, sku, name, price_kopecks, quantity_thousandths
       from purchase_line where purchase_id = $1 order by index`,
      [purchaseId],
    );
  }
}

/** What a purchase comes to that was cancelled or released. */
export function withoutPoints(priced: PricedReceipt): PricedReceipt {
  const lines = priced.lines.map((line) => ({ ...line, discountKopecks: 0n, earnedHundredths: 0n, rules: [] }));
  return { ...priced, lines, redeemedHundredths: 0n, earnedHundredths: 0n };
}

function toLine(row: LineRow): PricedLine {
  return {
    category: row.category,
    sumKopecks: BigInt(row.sum_kopecks),
    discountKopecks: BigInt(row.discount_kopecks),
    earnedHundredths: BigInt(row.earned_hundredths),
    rules: row.rules.map(({ code, title, points }) => ({ code, title, pointsHundredths: parseDecimal(points, 2)! })),
    ...{ sku: row.sku, name: row.name },
    priceKopecks: row.price_kopecks === null ? null : BigInt(row.price_kopecks),
    quantityThousandths: row.quantity_thousandths === null ? null : BigInt(row.quantity_thousandths),
  };
}
