import { LogInFirst } from '../../infra/web/log-in-first.js';

/** No device of ours: pages lead to the pairing, programs get a 401. */
export class TillNotPaired extends LogInFirst {
  readonly code = 'till_not_paired';

  constructor() {
    super('/till/pairing');
  }
}

/** Nobody has typed a PIN, or not within the last quarter of an hour. */
export class TillPinRequired extends LogInFirst {
  readonly code = 'till_pin_required';

  constructor() {
    super('/till/pin');
  }
}
