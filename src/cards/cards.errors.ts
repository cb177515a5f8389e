import { DomainError } from '../shared/domain-error.js';

export class BatchNotFound extends DomainError {
  constructor() {
    super('batch_not_found', 'not_found');
  }
}

/** The id of an order that printed another batch already. */
export class BatchAlreadyPrinted extends DomainError {
  constructor(number: string) {
    super('batch_already_printed', 'conflict', { number });
  }
}

/** The internal prefix leaves 100,000,000 numbers; so many of them are taken that new ones are no longer found. */
export class CardNumbersExhausted extends DomainError {
  constructor() {
    super('card_numbers_exhausted', 'unavailable');
  }
}

export class CardNotFound extends DomainError {
  constructor() {
    super('card_not_found', 'not_found');
  }
}

/** Blocked, or replaced by another number. */
export class CardBlocked extends DomainError {
  constructor() {
    super('card_blocked', 'conflict');
  }
}
