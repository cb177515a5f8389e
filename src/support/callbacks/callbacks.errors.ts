import { DomainError } from '../../shared/domain-error.js';

export class CallbackNotFound extends DomainError {
  constructor() {
    super('callback_not_found', 'not_found');
  }
}

/** Somebody else has it; `name` says who. */
export class CallbackTaken extends DomainError {
  constructor(name: string) {
    super('callback_taken', 'conflict', { name });
  }
}

/** It is not what whoever sent the form had seen: another clerk or the customer was quicker. */
export class CallbackChanged extends DomainError {
  constructor() {
    super('callback_changed', 'conflict');
  }
}

export class CallbackClosed extends DomainError {
  constructor() {
    super('callback_closed', 'conflict');
  }
}

/** Sent by a program: too fast, without the page, or with the field that people do not see. */
export class CallbackFormSuspicious extends DomainError {
  constructor() {
    super('callback_form_suspicious', 'invalid');
  }
}
