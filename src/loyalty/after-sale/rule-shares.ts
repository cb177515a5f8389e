import type { PricedLine, PricedReceipt } from '../pricing.js';
import { ONE_THOUSANDTHS } from './refund-shares.js';
import type { RefundAmounts, RefundedLine } from './refund.js';

/** What one refund takes back of the points that one rule gave. */
export interface RuleShare {
  code: string;
  pointsHundredths: bigint;
  /** Whether the rule's last points went with it. */
  isRest: boolean;
}

/** Points of a rule, and how much of what made them went back before this refund and after it. */
interface RulePart {
  code: string;
  pointsHundredths: bigint;
  gone: bigint;
  then: bigint;
  whole: bigint;
}

/** By sum: each rule's points in proportion, rounded down over all refunds together, as the purchase's own are. */
export function ruleSharesOfSum(priced: PricedReceipt, sumKopecks: bigint, before: RefundAmounts): RuleShare[] {
  const gone = before.sumKopecks;
  const progress = { gone, then: gone + sumKopecks, whole: priced.totalKopecks - priced.redeemedHundredths };
  const totals = new Map<string, bigint>();
  for (const { code, pointsHundredths } of priced.lines.flatMap(({ rules }) => rules)) {
    totals.set(code, (totals.get(code) ?? 0n) + pointsHundredths);
  }
  return sharesOf([...totals].map(([code, pointsHundredths]) => ({ code, pointsHundredths, ...progress })));
}

/** By lines: of each line the rule's points in proportion to the quantity. `before` is how much went back of each line. */
export function ruleSharesOfLines(
  lines: readonly PricedLine[],
  refunded: readonly RefundedLine[],
  before: ReadonlyMap<number, bigint>,
): RuleShare[] {
  const returned = new Map(refunded.map(({ index, quantityThousandths }) => [index, quantityThousandths]));
  return sharesOf(
    lines.flatMap(({ rules, quantityThousandths }, index) => {
      const gone = before.get(index) ?? 0n;
      const progress = {
        gone,
        then: gone + (returned.get(index) ?? 0n),
        whole: quantityThousandths ?? ONE_THOUSANDTHS,
      };
      return rules.map(({ code, pointsHundredths }) => ({ code, pointsHundredths, ...progress }));
    }),
  );
}

function sharesOf(parts: readonly RulePart[]): RuleShare[] {
  return [...new Set(parts.map(({ code }) => code))].flatMap((code) => {
    const own = parts.filter((part) => part.code === code);
    const sum = (of: (part: RulePart) => bigint): bigint => own.reduce((all, part) => all + of(part), 0n);
    const gone = sum((part) => (part.pointsHundredths * part.gone) / part.whole);
    const then = sum((part) => (part.pointsHundredths * part.then) / part.whole);
    const isRest = then === sum((part) => part.pointsHundredths);
    return then > gone ? [{ code, pointsHundredths: then - gone, isRest }] : [];
  });
}
