import { DomainError } from '../shared/domain-error.js';

export class SimNotFound extends DomainError {
  constructor() {
    super('sim_not_found', 'not_found');
  }
}

/** Another order was quicker, or the card is not in stock any more. */
export class SimTaken extends DomainError {
  constructor() {
    super('sim_taken', 'conflict');
  }
}

/** Nothing in stock fits. */
export class NoSimLeft extends DomainError {
  constructor() {
    super('sim_none_left', 'conflict');
  }
}

/** What was asked for does not follow from the state that the card is in. */
export class SimStateForbids extends DomainError {
  constructor(state: string) {
    super('sim_state_forbids', 'conflict', { state });
  }
}

/** The card is held for another order, or for none. */
export class SimOfAnotherOrder extends DomainError {
  constructor() {
    super('sim_of_another_order', 'conflict');
  }
}

/** A number lives on one card at a time. */
export class SimNumberTaken extends DomainError {
  constructor() {
    super('sim_number_taken', 'conflict', { field: 'number' });
  }
}

export class OfficeNotFound extends DomainError {
  constructor() {
    super('office_not_found', 'not_found');
  }
}
