import { DateTime } from 'luxon';

/**
 * The moment at which points burn: they may be spent through the same date `months` on (29 February: through
 * 28 February) and burn at 00:00 of the next day in the programme's time zone (product L10).
 */
export function burnsAt(earnedAt: Date, months: number, timeZone: string): Date {
  return DateTime.fromJSDate(earnedAt, { zone: timeZone })
    .startOf('day')
    .plus({ months })
    .plus({ days: 1 })
    .startOf('day')
    .toJSDate();
}
