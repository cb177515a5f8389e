import { DomainError } from '../../shared/domain-error.js';

/** The key opens no terminal: mistyped, revoked, or of a closed place. */
export class TerminalKeyWrong extends DomainError {
  constructor() {
    super('till_key_wrong', 'invalid', { field: 'terminalCode' });
  }
}

export class PinWrong extends DomainError {
  constructor(left: number) {
    super('till_pin_wrong', 'invalid', { field: 'pinCode', left });
  }
}

/** Too many wrong PINs on this device. */
export class TillLocked extends DomainError {
  constructor(seconds: number) {
    super('till_locked', 'limited', { minutes: Math.ceil(seconds / 60) }, seconds);
  }
}

export class TillDeviceNotFound extends DomainError {
  constructor() {
    super('till_device_not_found', 'not_found');
  }
}

export class CashierNotFound extends DomainError {
  constructor() {
    super('cashier_not_found', 'not_found');
  }
}
