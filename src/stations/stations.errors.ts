import { DomainError } from '../shared/domain-error.js';

export class StationNotFound extends DomainError {
  constructor() {
    super('station_not_found', 'not_found');
  }
}

export class StationClosed extends DomainError {
  constructor() {
    super('station_closed', 'conflict');
  }
}

export class TerminalNotFound extends DomainError {
  constructor() {
    super('terminal_not_found', 'not_found');
  }
}

export class TerminalClosed extends DomainError {
  constructor() {
    super('terminal_closed', 'conflict');
  }
}
