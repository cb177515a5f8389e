import { DomainError } from '../shared/domain-error.js';

export class PaperNotFound extends DomainError {
  constructor() {
    super('paper_not_found', 'not_found');
  }
}
