import { formatDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';

/** The account holds fewer points than are to be taken from it. */
export class InsufficientPoints extends DomainError {
  constructor(availableHundredths: bigint) {
    super('insufficient_points', 'conflict', { available: formatDecimal(availableHundredths) });
  }
}
