import { DomainError } from '../shared/domain-error.js';

export class TariffNotFound extends DomainError {
  constructor() {
    super('tariff_not_found', 'not_found');
  }
}

export class OperatorNotFound extends DomainError {
  constructor() {
    super('operator_not_found', 'not_found');
  }
}

/** Somebody else saved, published or threw away the draft meanwhile. */
export class DraftChanged extends DomainError {
  constructor() {
    super('tariff_draft_changed', 'conflict');
  }
}
