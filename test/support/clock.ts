import { DateTime, type DurationLike } from 'luxon';
import { Clock } from '../../src/shared/clock.js';

/** Monday noon in Moscow, in the middle of a month. */
const START = '2026-06-15T12:00:00+03:00';
const ZONE = 'Europe/Moscow';

/**
 * Stands still until told. Business time starts at a fixed moment, so that tests read the same every day of the year;
 * real time starts at the machine's, for browsers compare cookies with it.
 */
export class FakeClock extends Clock {
  private business = DateTime.fromISO(START, { zone: ZONE });
  private actual = DateTime.now();

  now(): Date {
    return this.business.toJSDate();
  }

  real(): Date {
    return this.actual.toJSDate();
  }

  /** Time passes: everything gets older, sessions and codes too. */
  advance(duration: DurationLike): void {
    this.business = this.business.plus(duration);
    this.actual = this.actual.plus(duration);
  }

  /** Business time alone moves, as the demo's clock does. */
  shift(duration: DurationLike): void {
    this.business = this.business.plus(duration);
  }

  /** Business time alone, to a moment given in ISO 8601. */
  set(moment: string): void {
    this.business = DateTime.fromISO(moment, { zone: ZONE });
  }
}
