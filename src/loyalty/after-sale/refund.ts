/** A part of a line that is given back. */
export interface ReturnedLine {
  index: number;
  quantityThousandths: bigint;
}

/** What a till gives back: so much money, or parts of lines. */
export type RefundWish = { sumKopecks: bigint } | { lines: readonly ReturnedLine[] };

export interface RefundCall {
  terminalId: string;
  stationId: string;
  purchaseId: string;
  receiptNumber: string;
  receiptAt: Date;
  wish: RefundWish;
  cashier: string | null;
}

/** What a refund comes to: money, spent points given back, earned points taken back. */
export interface RefundAmounts {
  sumKopecks: bigint;
  returnedHundredths: bigint;
  takenBackHundredths: bigint;
}

export interface Refund extends RefundAmounts {
  id: string;
  byLines: boolean;
  occurredAt: Date;
}

export type RefundedLine = RefundAmounts & ReturnedLine;
