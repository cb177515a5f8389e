import type { Book } from '../ledger/book.js';
import type { PointsBalance } from './purchase.js';

const EXPIRING_DAYS = 5;

export const NO_POINTS: PointsBalance = { availableHundredths: 0n, heldHundredths: 0n, expiring: [] };

/** The balance that tills and pages show. */
export function pointsBalance(book: Book, accountId: string): PointsBalance {
  return {
    availableHundredths: book.available(accountId),
    heldHundredths: book.held(accountId),
    expiring: book.expiring(accountId, EXPIRING_DAYS).map(({ points, at }) => ({ pointsHundredths: points, at })),
  };
}
