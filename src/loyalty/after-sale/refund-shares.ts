import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import type { PricedLine, PricedReceipt } from '../pricing.js';
import type { RefundAmounts, RefundedLine, ReturnedLine } from './refund.js';

/** A line without a quantity counts as one. */
export const ONE_THOUSANDTHS = 1000n;

/**
 * A refund by sum: after it Σ returned = ⌊redeemed × Σ sum ÷ toPay⌋, and Σ taken back likewise, so that a whole refund
 * restores the balance to the hundredth (contracts, Refunds). `before` is what all earlier refunds came to.
 */
export function shareOfSum(priced: PricedReceipt, sumKopecks: bigint, before: RefundAmounts): RefundAmounts {
  const toPay = priced.totalKopecks - priced.redeemedHundredths;
  const after = before.sumKopecks + sumKopecks;
  if (after > toPay) {
    throw new DomainError('refund_exceeds_purchase', 'conflict');
  }
  return {
    sumKopecks,
    returnedHundredths: (priced.redeemedHundredths * after) / toPay - before.returnedHundredths,
    takenBackHundredths: (priced.earnedHundredths * after) / toPay - before.takenBackHundredths,
  };
}

/**
 * A refund by lines: of each the paid sum, the discount and the earned points in proportion to the quantity, rounded
 * down over all refunds together, so that its last part settles. `before` is how much went back of each line.
 */
export function shareOfLines(
  lines: readonly PricedLine[],
  returned: readonly ReturnedLine[],
  before: ReadonlyMap<number, bigint>,
): RefundedLine[] {
  return together(returned).map(({ index, quantityThousandths }) => {
    const line = lines[index]!;
    const whole = line.quantityThousandths ?? ONE_THOUSANDTHS;
    const gone = before.get(index) ?? 0n;
    const then = gone + quantityThousandths;
    if (then > whole) {
      throw new DomainError('refund_exceeds_purchase', 'conflict');
    }
    const part = (amount: bigint): bigint => (amount * then) / whole - (amount * gone) / whole;
    return {
      ...{ index, quantityThousandths, sumKopecks: part(line.sumKopecks - line.discountKopecks) },
      ...{ returnedHundredths: part(line.discountKopecks), takenBackHundredths: part(line.earnedHundredths) },
    };
  });
}

/** Throws InvalidInput where a line is named that the purchase does not have. */
export function refuseUnknownLines(lines: readonly PricedLine[], returned: readonly ReturnedLine[]): void {
  const faults = returned.flatMap(({ index }, place) =>
    index < lines.length ? [] : [{ path: `lines[${place}].index`, code: 'line_unknown' }],
  );
  if (faults.length > 0) {
    throw new InvalidInput(faults);
  }
}

export function sumOfRefunds(refunds: readonly RefundAmounts[]): RefundAmounts {
  const sum = (of: (refund: RefundAmounts) => bigint): bigint => refunds.reduce((all, each) => all + of(each), 0n);
  return {
    sumKopecks: sum(({ sumKopecks }) => sumKopecks),
    returnedHundredths: sum(({ returnedHundredths }) => returnedHundredths),
    takenBackHundredths: sum(({ takenBackHundredths }) => takenBackHundredths),
  };
}

/** A line named twice is one line. */
function together(returned: readonly ReturnedLine[]): ReturnedLine[] {
  const quantities = new Map<number, bigint>();
  for (const { index, quantityThousandths } of returned) {
    quantities.set(index, (quantities.get(index) ?? 0n) + quantityThousandths);
  }
  return [...quantities].map(([index, quantityThousandths]) => ({ index, quantityThousandths }));
}
