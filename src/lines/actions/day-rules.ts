import { DateTime } from 'luxon';

/** Whose contract the number stands in, at the operator that it comes from as at ours: it stays theirs. */
export type Subscriber = 'person' | 'company';

/** A number is not carried over sooner than on the 8th day, a company's than on the 29th, nor later than on the 180th (MNP). */
const PORT_DAYS: Record<Subscriber, number> = { person: 8, company: 29 };
const LAST_PORT_DAY = 180;
/** Nobody plans further ahead, and operators promise nothing beyond. */
const MOST_DAYS_AHEAD = 180;

export type DayFault = 'line_day' | 'line_day_past' | 'line_day_far' | 'line_port_soon' | 'line_port_company_soon';

/** `2026-12-01` and a number of days as another day of the calendar. */
export function daysAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!;
}

/** The first day on which a number can come over, asked for today. */
export function earliestPortDay(today: string, subscriber: Subscriber): string {
  return daysAfter(today, PORT_DAYS[subscriber]);
}

/** What is wrong with a day for something that is done today or later; days are `YYYY-MM-DD` of the programme. */
export function dayFault(day: string, today: string): DayFault | null {
  if (!isDay(day)) return 'line_day';
  if (day < today) return 'line_day_past';
  return day > daysAfter(today, MOST_DAYS_AHEAD) ? 'line_day_far' : null;
}

/** The same for the day on which a number comes over. */
export function portDayFault(day: string, today: string, subscriber: Subscriber): DayFault | null {
  if (!isDay(day)) return 'line_day';
  if (day < earliestPortDay(today, subscriber)) {
    return subscriber === 'company' ? 'line_port_company_soon' : 'line_port_soon';
  }
  return day > daysAfter(today, LAST_PORT_DAY) ? 'line_day_far' : null;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}
