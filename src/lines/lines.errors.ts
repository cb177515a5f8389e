import { DomainError } from '../shared/domain-error.js';
import { formatPhone } from '../shared/phone.js';

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

/** Staff alone may say so, or it does not follow upon the present state. */
export class EsiaStateForbids extends DomainError {
  constructor(number: string) {
    super('esia_state_forbids', 'conflict', { number: formatPhone(number) });
  }
}

/** Nobody can be in ESIA who was not named. */
export class EsiaUserNeeded extends DomainError {
  constructor(number: string) {
    super('esia_user_needed', 'conflict', { number: formatPhone(number) });
  }
}
