import type { RegisteredCard } from '../cards/card-register.service.js';
import type { Redeem, ReceiptLine } from './receipt.js';
import type { PricedReceipt } from './pricing.js';
import type { SpendingProof } from './spending/spending-policy.js';

/** A receipt as a till registers it. */
export interface PurchaseCall {
  terminalId: string;
  stationId: string;
  /** A card number, or the phone of its owner. */
  card: CardReference;
  receiptNumber: string;
  receiptAt: Date;
  lines: readonly ReceiptLine[];
  redeem: Redeem;
  /** Points are reserved until the purchase is confirmed, cancelled or its quarter of an hour is over. */
  hold?: boolean;
  /** That the owner agrees to spend; null where what was given does not prove it. */
  proof?: SpendingProof | null;
  /** A member of staff has looked at it: limits against fraud do not refuse it. */
  cleared?: boolean;
  cashier: string | null;
}

export type CardReference = { number: string } | { phone: string };

export interface PointsBalance {
  /** May be spent now; may be negative. Hundredths of a point, like the rest. */
  availableHundredths: bigint;
  heldHundredths: bigint;
  /** The next five days that burn. */
  expiring: { pointsHundredths: bigint; at: Date }[];
}

/** A purchase that was registered, or would be. */
export interface Purchase {
  id: string;
  state: 'held' | 'confirmed' | 'cancelled' | 'released' | 'quoted';
  card: RegisteredCard;
  priced: PricedReceipt;
  balance: PointsBalance;
}
