import type { WriteSet } from '../../infra/database/write-set.js';
import type { RegisteredPurchase } from '../purchase-reader.service.js';

interface ClosedPurchase {
  id: string;
  state: 'cancelled' | 'released';
  cashier: string | null;
}

/** A purchase that came to nothing: its points are neither spent nor earned. What was held stays on the hold's row. */
export function writeClosed({ id, state, cashier }: ClosedPurchase, writes: WriteSet): void {
  writes.update('closed purchase', CLOSE_PURCHASES, { id, state, settled_by: cashier });
  writes.update('closed purchase_line', CLOSE_LINES, { purchase_id: id });
}

export function writeConfirmed(
  { id, receiptNumber, receiptAt, priced }: RegisteredPurchase,
  occurredAt: Date,
  cashier: string | null,
  writes: WriteSet,
): void {
  writes.update('confirmed purchase', CONFIRM_PURCHASES, {
    ...{ id, receipt_number: receiptNumber, receipt_at: receiptAt, occurred_at: occurredAt },
    ...{ flagged: occurredAt < receiptAt, total_kopecks: priced.totalKopecks, settled_by: cashier },
    ...{ redeemed_hundredths: priced.redeemedHundredths, earned_hundredths: priced.earnedHundredths },
  });
}

const CLOSE_PURCHASES = `update purchase
    set state = new.state, redeemed_hundredths = 0, earned_hundredths = 0, settled_by = new.settled_by
  from json_populate_recordset(null::purchase, $rows) new where purchase.id = new.id`;
const CLOSE_LINES = `update purchase_line set discount_kopecks = 0, earned_hundredths = 0, rules = '[]'
  from json_populate_recordset(null::purchase_line, $rows) new where purchase_line.purchase_id = new.purchase_id`;
const CONFIRM_PURCHASES = `update purchase
    set state = 'confirmed', receipt_number = new.receipt_number, receipt_at = new.receipt_at,
      occurred_at = new.occurred_at, flagged = new.flagged, total_kopecks = new.total_kopecks,
      redeemed_hundredths = new.redeemed_hundredths, earned_hundredths = new.earned_hundredths, settled_by = new.settled_by
  from json_populate_recordset(null::purchase, $rows) new where purchase.id = new.id`;
