import { DomainError } from '../shared/domain-error.js';

export class LineNotFound extends DomainError {
  constructor() {
    super('line_not_found', 'not_found');
  }
}

/** What was asked for does not follow upon the line's present state. */
export class LineStateForbids extends DomainError {
  constructor() {
    super('line_state_forbids', 'conflict');
  }
}

/** Somebody already has a live line with this number. */
export class LineNumberTaken extends DomainError {
  constructor() {
    super('line_number_taken', 'conflict');
  }
}

/** Its customer was merged into another in this very moment. */
export class LineChanged extends DomainError {
  constructor() {
    super('line_changed', 'conflict');
  }
}
