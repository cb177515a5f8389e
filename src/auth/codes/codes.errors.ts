import { DomainError } from '../../shared/domain-error.js';

export class CodeWrong extends DomainError {
  constructor(triesLeft: number) {
    super('code_wrong', 'invalid', { field: 'code', count: triesLeft });
  }
}

/** Used, replaced by a newer one, too old or out of tries. */
export class CodeGone extends DomainError {
  constructor() {
    super('code_gone', 'invalid', { field: 'code' });
  }
}

/** Never asked for, or by another browser. */
export class CodeNotFound extends DomainError {
  constructor() {
    super('code_not_found', 'not_found');
  }
}
