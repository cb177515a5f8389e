import { DateTime } from 'luxon';
import { isCalendarDay } from '../shared/calendar-day.js';
import type { Span } from './queries/today.queries.js';

/** The calendar day in the zone: `2026-11-22`. */
export function dayIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toISODate() ?? '';
}

/** From midnight to midnight in the zone; null for what is no day. */
export function daySpan(day: unknown, zone: string): Span | null {
  if (!isCalendarDay(day)) return null;
  const start = DateTime.fromISO(day, { zone });
  return { from: start.toJSDate(), until: start.plus({ days: 1 }).toJSDate() };
}

/** The last `count` calendar days with the present one at the end. */
export function lastDays(count: number, zone: string, now: Date): { span: Span; days: string[] } {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const first = today.minus({ days: count - 1 });
  return {
    span: { from: first.toJSDate(), until: today.plus({ days: 1 }).toJSDate() },
    days: Array.from({ length: count }, (_, i) => first.plus({ days: i }).toISODate() ?? ''),
  };
}

/** The same weekday a week ago, up to this very hour: what today is compared with. */
export function weekAgoSoFar(zone: string, now: Date): Span {
  const then = DateTime.fromJSDate(now, { zone }).minus({ weeks: 1 });
  return { from: then.startOf('day').toJSDate(), until: then.toJSDate() };
}
