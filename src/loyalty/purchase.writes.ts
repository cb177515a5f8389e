import type { WriteSet } from '../infra/database/write-set.js';
import { formatDecimal } from '../shared/decimal.js';
import type { AppliedRule, PricedLine } from './pricing.js';
import type { Purchase, PurchaseCall } from './purchase.js';

/** Adds a purchase and its lines to the rows that the transaction will write. */
export function writePurchase(call: PurchaseCall, purchase: Purchase, occurredAt: Date, writes: WriteSet): void {
  const { id, card, priced } = purchase;
  writes.insert('purchase', PURCHASE_COLUMNS, {
    ...{ id, terminal_id: call.terminalId, station_id: call.stationId, card_number: card.number },
    ...{ account_id: card.accountId, receipt_number: call.receiptNumber, receipt_at: call.receiptAt },
    ...{ occurred_at: occurredAt, flagged: occurredAt < call.receiptAt, state: purchase.state },
    ...{ total_kopecks: priced.totalKopecks, redeemed_hundredths: priced.redeemedHundredths },
    ...{ earned_hundredths: priced.earnedHundredths, cashier: call.cashier },
  });
  writeLines(id, priced.lines, writes);
}

export function writeLines(purchaseId: string, lines: readonly PricedLine[], writes: WriteSet): void {
  lines.forEach((line, index) => {
    writes.insert('purchase_line', LINE_COLUMNS, {
      ...{ purchase_id: purchaseId, index, category: line.category, sum_kopecks: line.sumKopecks },
      ...{ discount_kopecks: line.discountKopecks, earned_hundredths: line.earnedHundredths },
      ...{ rules: line.rules.map(keptRule), sku: line.sku ?? null, name: line.name ?? null },
      ...{ price_kopecks: line.priceKopecks ?? null, quantity_thousandths: line.quantityThousandths ?? null },
    });
  });
}

/** A rule as it is kept on a line. */
export interface StoredRule {
  code: string;
  title: string;
  /** For readers of English; tills speak Russian. */
  titleEn?: string;
  points: string;
}

function keptRule(rule: AppliedRule): StoredRule {
  return rule.titleEn === undefined ? storedRule(rule) : { ...storedRule(rule), titleEn: rule.titleEn };
}

/** A rule as a till is told it. */
export function storedRule({ code, title, pointsHundredths }: AppliedRule): StoredRule {
  return { code, title, points: formatDecimal(pointsHundredths) };
}

const PURCHASE_COLUMNS = [
  ...['id', 'terminal_id', 'station_id', 'card_number', 'account_id', 'receipt_number', 'receipt_at', 'occurred_at'],
  ...['flagged', 'state', 'total_kopecks', 'redeemed_hundredths', 'earned_hundredths', 'cashier'],
];
const LINE_COLUMNS = [
  ...['purchase_id', 'index', 'category', 'sum_kopecks', 'discount_kopecks', 'earned_hundredths', 'rules'],
  ...['sku', 'name', 'price_kopecks', 'quantity_thousandths'],
];
