import { DomainError, InvalidInput } from '../../shared/domain-error.js';

/** There is none, or it is not whoever asks. */
export class CompanyNotFound extends DomainError {
  constructor() {
    super('company_not_found', 'not_found');
  }
}

/** Somebody else changed its requisites meanwhile. */
export class CompanyChanged extends DomainError {
  constructor() {
    super('company_changed', 'conflict');
  }
}

/** Another live company has this taxpayer number. */
export class InnTaken extends InvalidInput {
  constructor() {
    super([{ path: 'inn', code: 'inn_taken' }]);
  }
}
