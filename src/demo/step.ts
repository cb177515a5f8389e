import { DateTime, Duration } from 'luxon';
import { InvalidInput } from '../shared/domain-error.js';

const LONGEST = { years: 5 };
/** The shift never shrinks: a clock sent into the far future would be lost for good. */
const LAST_YEAR = 2100;

/**
 * `{ "advance": "P30D" }` as milliseconds from now: an ISO 8601 duration, counted on the programme's calendar, so that
 * a month is a month. Forward only, five years at once at most; InvalidInput else.
 */
export function readStep(body: unknown, now: Date, zone: string): number {
  const advance = (body as { advance?: unknown } | null | undefined)?.advance;
  const start = DateTime.fromJSDate(now, { zone });
  const duration = typeof advance === 'string' ? Duration.fromISO(advance) : Duration.invalid('no text');
  const end = duration.isValid ? start.plus(duration) : null;
  // A sum beyond all calendars has no date: it is invalid, and every comparison with it is false.
  if (!end?.isValid || end < start || end > start.plus(LONGEST) || end.year > LAST_YEAR) {
    throw new InvalidInput([{ path: 'advance', code: 'duration' }]);
  }
  return end.toMillis() - start.toMillis();
}
