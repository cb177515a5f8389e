import type { Category } from '../../stations/category.js';

/** Why a claim got nothing. */
export type Refusal =
  | 'not_ours'
  | 'too_old'
  | 'already_earned'
  | 'refunded'
  | 'already_claimed'
  | 'mismatch'
  | 'refund_receipt'
  | 'no_card'
  | 'by_staff';

/** As PostgreSQL writes them. */
export interface ClaimRow {
  id: string;
  customer_id: string;
  printed_at: string;
  has_seconds: boolean;
  sum_kopecks: string;
  fiscal_sign: string;
  claimed_at: string;
}

export interface ReceiptRow {
  id: string;
  station_id: string;
  terminal_id: string;
  receipt_number: string;
  kind: 'sale' | 'refund';
  occurred_at: string;
  printed_at: string;
  total_kopecks: string;
  fiscal_sign: string;
  lines: { category: Category; sumKopecks: string }[];
}

/** What happened to the receipt before. */
export interface ReceiptHistory {
  claimed: boolean;
  earned: boolean;
  refunded: boolean;
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const TO_THE_MINUTE = 16;

/** Null where the claim may be credited. Whoever does not know the receipt's details learns nothing else of it. */
export function judgeClaim(claim: ClaimRow, receipt: ReceiptRow, history: ReceiptHistory): Refusal | null {
  if (!sameReceipt(claim, receipt)) return 'mismatch';
  if (receipt.kind === 'refund') return 'refund_receipt';
  // A receipt without its seconds is judged by the minute.
  if (new Date(claim.claimed_at).getTime() - new Date(receipt.occurred_at).getTime() > DAY_MS + MINUTE_MS) {
    return 'too_old';
  }
  if (history.claimed) return 'already_claimed';
  if (history.earned) return 'already_earned';
  return history.refunded ? 'refunded' : null;
}

/** Time, sum and sign, by the station's clock; the seconds where both say them. */
function sameReceipt(claim: ClaimRow, receipt: ReceiptRow): boolean {
  const seconds = receipt.printed_at.slice(TO_THE_MINUTE);
  const bothSay = claim.has_seconds && !seconds.startsWith(':00');
  const places = bothSay ? TO_THE_MINUTE + 3 : TO_THE_MINUTE;
  return (
    claim.fiscal_sign === receipt.fiscal_sign &&
    claim.sum_kopecks === receipt.total_kopecks &&
    claim.printed_at.slice(0, places) === receipt.printed_at.slice(0, places)
  );
}
