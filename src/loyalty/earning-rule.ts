import type { ReceiptLine } from './receipt.js';
import { isRegulated } from './receipt.js';

/** What a rule may look at besides the lines. */
export interface ReceiptFacts {
  occurredAt: Date;
  stationId: string;
  customerId: string | null;
}

/**
 * A reason to earn points. The base rule is one, promotions are others; a receipt's points are the total of all that
 * apply, and every line keeps which rules made its points.
 */
export interface EarningRule {
  /** Stable, for reports: `base`. */
  readonly code: string;
  /** For the customer, in Russian. */
  readonly title: string;
  /** The same in English, where it has one. */
  readonly titleEn?: string;
  /** Of the exclusive rules, in their order, only the first that gives points counts. */
  readonly exclusive?: boolean;
  covers(line: ReceiptLine, facts: ReceiptFacts): boolean;
  /**
   * Points for all covered lines together.
   * @param paidKopecks Σ(sum − discount) of the covered lines
   * @returns hundredths of a point, already rounded down: once per receipt and rule
   */
  pointsHundredths(paidKopecks: bigint): bigint;
}

export interface BaseRuleSettings {
  /** 100 is 1 %. */
  earnBasisPoints: number;
  regulatedEarns: boolean;
}

/** 1 % of what was paid, after discount and without regulated goods (product L7). */
export function baseRule({ earnBasisPoints, regulatedEarns }: BaseRuleSettings): EarningRule {
  const percent = (earnBasisPoints / 100).toLocaleString('ru-RU');
  return {
    code: 'base',
    title: `${percent} % от покупки`,
    covers: (line) => regulatedEarns || !isRegulated(line),
    // A kopeck earns basis points / 10,000 of a ruble's kopeck, and a hundredth of a point is worth a kopeck.
    pointsHundredths: (paidKopecks) => (paidKopecks * BigInt(earnBasisPoints)) / 10_000n,
  };
}
