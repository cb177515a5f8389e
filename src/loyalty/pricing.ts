import { formatDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';
import { spread } from '../shared/spread.js';
import { InsufficientPoints } from '../ledger/ledger.errors.js';
import type { EarningRule, ReceiptFacts } from './earning-rule.js';
import type { ReceiptLine, Redeem } from './receipt.js';
import { isRegulated } from './receipt.js';

/** Points of one rule on one line. */
export interface AppliedRule {
  code: string;
  title: string;
  titleEn?: string;
  pointsHundredths: bigint;
}

export interface PricedLine extends ReceiptLine {
  discountKopecks: bigint;
  earnedHundredths: bigint;
  rules: AppliedRule[];
}

export interface PricedReceipt {
  lines: PricedLine[];
  totalKopecks: bigint;
  /** Spent points in hundredths, which is the discount in kopecks: 1 point = 1 RUB (product L8). */
  redeemedHundredths: bigint;
  earnedHundredths: bigint;
}

/**
 * The most that may be paid with points, in kopecks: the eligible lines (all but regulated goods) times the programme's
 * share, rounded down (contracts, Purchases).
 */
export function redeemLimit(lines: readonly ReceiptLine[], sharePercent: number): bigint {
  const eligible = lines.reduce((sum, line) => (isRegulated(line) ? sum : sum + line.sumKopecks), 0n);
  return (eligible * BigInt(sharePercent)) / 100n;
}

/** Refuses what is over the limit first, then what is over the balance. `max` is never refused, it may be nothing. */
export function redeemable(redeem: Redeem, limitKopecks: bigint, availableHundredths: bigint): bigint {
  if (redeem === 'max') {
    const most = availableHundredths < limitKopecks ? availableHundredths : limitKopecks;
    return most > 0n ? most : 0n;
  }
  if (redeem > limitKopecks) {
    throw new DomainError('redeem_exceeds_limit', 'conflict', { limit: formatDecimal(limitKopecks) });
  }
  if (redeem > 0n && redeem > availableHundredths) {
    throw new InsufficientPoints(availableHundredths);
  }
  return redeem;
}

/** Spreads the discount over the eligible lines and gives each line the points that the rules make of what is paid. */
export function priceReceipt(
  lines: readonly ReceiptLine[],
  redeemedHundredths: bigint,
  rules: readonly EarningRule[],
  facts: ReceiptFacts,
): PricedReceipt {
  const discounts = spread(
    redeemedHundredths,
    lines.map((line) => (isRegulated(line) ? 0n : line.sumKopecks)),
  );
  const priced = lines.map<PricedLine>((line, index) => ({
    ...line,
    discountKopecks: discounts[index]!,
    earnedHundredths: 0n,
    rules: [],
  }));
  let exclusiveGave = false;
  for (const rule of rules) {
    if (rule.exclusive && exclusiveGave) continue;
    const gave = applyRule(rule, priced, facts);
    exclusiveGave ||= Boolean(rule.exclusive) && gave;
  }
  return {
    lines: priced,
    totalKopecks: priced.reduce((sum, line) => sum + line.sumKopecks, 0n),
    redeemedHundredths,
    earnedHundredths: priced.reduce((sum, line) => sum + line.earnedHundredths, 0n),
  };
}

/** Says whether the rule gave anything. */
function applyRule(rule: EarningRule, lines: PricedLine[], facts: ReceiptFacts): boolean {
  const paid = lines.map((line) => (rule.covers(line, facts) ? line.sumKopecks - line.discountKopecks : 0n));
  const points = rule.pointsHundredths(paid.reduce((a, b) => a + b, 0n));
  spread(points, paid).forEach((share, index) => {
    if (share > 0n) {
      lines[index]!.earnedHundredths += share;
      lines[index]!.rules.push({ ...nameOf(rule), pointsHundredths: share });
    }
  });
  return points > 0n;
}

function nameOf({ code, title, titleEn }: EarningRule): Pick<AppliedRule, 'code' | 'title' | 'titleEn'> {
  return titleEn === undefined ? { code, title } : { code, title, titleEn };
}
