import { DateTime } from 'luxon';
import { isCalendarDay } from '../../shared/calendar-day.js';
import type { Span } from '../queries/today.queries.js';

/** Days `2026-11-22`, both included, and the moments they begin and end in the programme's zone. */
export interface Period {
  from: string;
  to: string;
  days: number;
  /** Whether a longer one was asked for. */
  shortened: boolean;
  span: Span;
  /** As many days just before. */
  before: Span & { firstDay: string; lastDay: string };
}

export interface AsOf {
  day: string;
  until: Date;
  /** Whether an earlier day was asked for. */
  shortened: boolean;
}

export const LONGEST_DAYS = 366;

/**
 * The period of an address. What makes no sense is as if it had not been said; days the wrong way round change places,
 * the future is cut off, and of more than 366 days the last ones stay.
 */
export function readPeriod(
  query: Readonly<Record<string, unknown>>,
  usual: number | 'months',
  zone: string,
  now: Date,
): Period {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const said = [dayOf(query['from'], zone), dayOf(query['to'], zone)] as const;
  let to = said[1] && said[1] < today ? said[1] : today;
  let from = said[0] ?? usualStart(to, usual);
  if (from > to) [from, to] = [to, from < today ? from : today];
  const earliest = to.minus({ days: LONGEST_DAYS - 1 });
  return periodOf(from < earliest ? earliest : from, to, from < earliest);
}

/** The day as of whose end figures are asked for: within the last 366 days and over already; null means now. */
export function readAsOf(value: unknown, zone: string, now: Date): AsOf | null {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const day = dayOf(value, zone);
  if (!day || day >= today) return null;
  const earliest = today.minus({ days: LONGEST_DAYS - 1 });
  const kept = day < earliest ? earliest : day;
  return { day: isoDay(kept), until: kept.plus({ days: 1 }).toJSDate(), shortened: day < earliest };
}

/** All days of the period, the empty ones too. */
export function daysOf({ from, days }: Period): string[] {
  const first = DateTime.fromISO(from);
  return Array.from({ length: days }, (_, index) => isoDay(first.plus({ days: index })));
}

/** All months that the period touches. */
export function monthsOf({ from, to }: Pick<Period, 'from' | 'to'>): string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7);) {
    months.push(month);
    month = DateTime.fromISO(month).plus({ months: 1 }).toFormat('yyyy-MM');
  }
  return months;
}

function periodOf(from: DateTime, to: DateTime, shortened: boolean): Period {
  const days = Math.round(to.diff(from, 'days').days) + 1;
  const first = from.minus({ days });
  return {
    from: isoDay(from),
    to: isoDay(to),
    days,
    shortened,
    span: { from: from.toJSDate(), until: to.plus({ days: 1 }).toJSDate() },
    before: {
      from: first.toJSDate(),
      until: from.toJSDate(),
      firstDay: isoDay(first),
      lastDay: isoDay(from.minus({ days: 1 })),
    },
  };
}

function usualStart(to: DateTime, usual: number | 'months'): DateTime {
  return usual === 'months' ? to.minus({ months: 11 }).startOf('month') : to.minus({ days: usual - 1 });
}

function dayOf(value: unknown, zone: string): DateTime | null {
  return isCalendarDay(value) ? DateTime.fromISO(value, { zone }) : null;
}

function isoDay(day: DateTime): string {
  return day.toFormat('yyyy-MM-dd');
}
