import { DomainError } from '../../shared/domain-error.js';

/** Not asked for, or by another browser, or finished long ago. */
export class ActivationNotFound extends DomainError {
  constructor() {
    super('activation_not_found', 'not_found');
  }
}

/** What stands in the way of activating this card; it belongs beside the number. */
export class CardCannotBeActivated extends DomainError {
  constructor(code: 'card_unknown' | 'card_not_sold_yet' | 'card_already_active' | 'card_blocked') {
    super(code, 'invalid', { field: 'card' });
  }
}
