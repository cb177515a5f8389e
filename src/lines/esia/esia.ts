import { DateTime } from 'luxon';

/**
 * Whether the user of a company's number is in ESIA. By law they are there before the number is used (126-FZ, article 44 as
 * changed by 533-FZ, and the rules of decree 844): `to_do` until the company says that it sent the data, `submitted` until
 * the operator has them. `not_needed` is a number that is not the company's, as everybody else's is.
 */
export const ESIA_STATES = ['not_needed', 'to_do', 'submitted', 'confirmed'] as const;
export type EsiaState = (typeof ESIA_STATES)[number];

/** Staff hear from the operator; they also say which numbers of a customer are the company's. */
const BY_STAFF: Record<EsiaState, readonly EsiaState[]> = {
  not_needed: ['to_do'],
  to_do: ['submitted', 'confirmed', 'not_needed'],
  submitted: ['confirmed', 'to_do', 'not_needed'],
  confirmed: ['to_do', 'not_needed'],
};
const BY_COMPANY: Partial<Record<EsiaState, readonly EsiaState[]>> = { to_do: ['submitted'] };

export function mayBecomeEsia(from: EsiaState, to: EsiaState, by: 'customer' | 'staff'): boolean {
  return (by === 'staff' ? BY_STAFF : BY_COMPANY)[from]?.includes(to) ?? false;
}

/** The last day that is not overdue, by the calendar of the zone: `2026-12-09`. */
export function dueDay(now: Date, days: number, zone: string): string {
  return DateTime.fromJSDate(now, { zone }).plus({ days }).toISODate()!;
}

export const STAGES = ['week', 'day', 'overdue'] as const;
export type Stage = (typeof STAGES)[number];

/** Which days a stage is for, first and last among them; null is any. */
export interface StageDays {
  stage: Stage;
  from: string | null;
  through: string;
}

/**
 * What is due in two to seven days, today or tomorrow, and what is overdue: a run that was missed is made up by the next, and
 * what came too close for the first stage gets the second alone.
 */
export function stageDays(today: string): StageDays[] {
  const day = (days: number): string => DateTime.fromISO(today, { zone: 'utc' }).plus({ days }).toISODate()!;
  return [
    { stage: 'week', from: day(2), through: day(7) },
    { stage: 'day', from: today, through: day(1) },
    { stage: 'overdue', from: null, through: day(-1) },
  ];
}
