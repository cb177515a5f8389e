import { Clock } from '../../shared/clock.js';

/** Business time is the machine's time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  real(): Date {
    return new Date();
  }
}
