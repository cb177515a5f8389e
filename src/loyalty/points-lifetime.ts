import { DateTime } from 'luxon';
import { Remembered } from '../shared/remembered.js';

/** Days begin on a quarter of an hour, wherever they do. */
const QUARTER_MS = 900_000;
const burning = new Remembered<number>();

/**
 * The moment at which points burn: they may be spent through the same date `months` on (29 February: through
 * 28 February) and burn at 00:00 of the next day in the programme's time zone (product L10).
 */
export function burnsAt(earnedAt: Date, months: number, timeZone: string): Date {
  const quarter = Math.floor(earnedAt.getTime() / QUARTER_MS) * QUARTER_MS;
  return new Date(
    burning.of(`${quarter} ${months} ${timeZone}`, () =>
      DateTime.fromMillis(quarter, { zone: timeZone })
        .startOf('day')
        .plus({ months })
        .plus({ days: 1 })
        .startOf('day')
        .toMillis(),
    ),
  );
}

const GRACE_DAYS = 30;

/** Points given back after their own end may be spent for 30 days more and burn at the midnight after (product L9). */
export function graceEndsAt(now: Date, timeZone: string): Date {
  return DateTime.fromJSDate(now, { zone: timeZone })
    .startOf('day')
    .plus({ days: GRACE_DAYS + 1 })
    .startOf('day')
    .toJSDate();
}
