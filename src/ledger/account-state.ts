/** Points earned at one moment, with their own end. Amounts in hundredths of a point. */
export interface Lot extends LotTerms {
  id: string;
  remaining: bigint;
}

/** What stays with points wherever they move. */
export interface LotTerms {
  earnedAt: Date;
  /** The first moment at which the lot can no longer be spent. */
  expiresAt: Date;
  /** The purchase that earned it. */
  earnedBy: string;
  /** It was given back by a refund after its own end. */
  grace: boolean;
}

/** So much that comes to an account, and the lot that it comes from; null where it was just earned. */
export interface LotPart extends LotTerms {
  amount: bigint;
  originLotId: string | null;
}

export type HoldOutcome = 'confirmed' | 'cancelled' | 'released';

/** Points reserved for a purchase, in lots of their own. */
export interface Hold {
  purchaseId: string;
  amount: bigint;
  dueAt: Date;
  /** Open ones, those that burn first at the front. */
  lots: Lot[];
  /** The transfer that brought the lots; null of a hold of nothing. */
  transferId: string | null;
}

export interface AccountState {
  id: string;
  /** Negative where points are owed: then there are no lots. */
  balance: bigint;
  /** What is left by moment of burning (milliseconds): Σ = max(balance, 0). */
  days: Map<number, bigint>;
  /** Open lots, those that burn first at the front; null where they were not read because nothing is to be drawn. */
  lots: Lot[] | null;
  /** The account that keeps what is held; null where there is none yet, undefined where nobody asked. */
  heldAccountId: string | null | undefined;
  /** Open holds. */
  holds: Hold[];
}

/** Points that burn first are spent first (product L8); of these the older, of these the earlier written. */
export function burnsFirst(a: Omit<Lot, 'remaining'>, b: Omit<Lot, 'remaining'>): number {
  return (
    a.expiresAt.getTime() - b.expiresAt.getTime() ||
    a.earnedAt.getTime() - b.earnedAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

/** The balance of the held account. */
export function heldOn({ holds }: AccountState): bigint {
  return holds.reduce((sum, { amount }) => sum + amount, 0n);
}
