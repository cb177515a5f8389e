import { DomainError } from '../../shared/domain-error.js';
import type { PricedReceipt } from '../pricing.js';
import type { VelocityRule } from './velocity-rules.js';

/** Whose purchase, at which till. */
export interface Buying {
  cardNumber: string;
  terminalId: string;
  customerId: string | null;
}

export interface BlockingLimit {
  rule: VelocityRule;
  /** Receipts, or hundredths of a point. */
  threshold: bigint;
  /** By subject, within the limit's window. */
  spent: Map<string, bigint>;
}

/** Blocking limits opened for one batch: they judge in memory and count what the batch itself registers. */
export class OpenBlocks {
  constructor(private readonly limits: readonly BlockingLimit[]) {}

  /** Throws `velocity_exceeded` where this purchase would go above a limit; nothing is counted then. */
  refuse(buying: Buying, priced: PricedReceipt): void {
    for (const { rule, threshold, spent } of this.limits) {
      const subject = subjectOf(rule, buying);
      if (subject !== null && (spent.get(subject) ?? 0n) + amountOf(rule, priced) > threshold) {
        throw new DomainError('velocity_exceeded', 'conflict', { rule: rule.code });
      }
    }
  }

  count(buying: Buying, priced: PricedReceipt): void {
    for (const { rule, spent } of this.limits) {
      const subject = subjectOf(rule, buying);
      if (subject !== null) spent.set(subject, (spent.get(subject) ?? 0n) + amountOf(rule, priced));
    }
  }
}

/** As `concat_ws(':', …)` names it; null where there is nobody to count for. */
function subjectOf({ of }: VelocityRule, { cardNumber, terminalId, customerId }: Buying): string | null {
  switch (of) {
    case 'card':
      return cardNumber;
    case 'terminal':
      return terminalId;
    case 'customer':
      return customerId;
    case 'card_at_terminal':
      return `${cardNumber}:${terminalId}`;
  }
}

function amountOf({ measure }: VelocityRule, { redeemedHundredths, earnedHundredths }: PricedReceipt): bigint {
  return measure === 'receipts' ? 1n : measure === 'redeemed' ? redeemedHundredths : earnedHundredths;
}
