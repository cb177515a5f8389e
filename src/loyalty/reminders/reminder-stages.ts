import { DateTime } from 'luxon';

/** Days before the burning, the earlier first. */
export const STAGES = [30, 7] as const;
export type Stage = (typeof STAGES)[number];

/** What burns after `after` and before `before` is to be announced now. */
export interface Window {
  stage: Stage;
  after: Date;
  before: Date;
}

/**
 * Which days' points each stage is for, by calendar days of the programme's zone: what burns in 8 to 30 days, and what
 * burns in up to 7. A run that was missed is made up by the next one: the windows overlap from day to day, and what
 * came too close for the first stage gets the second alone. What has burnt is in none.
 */
export function stageWindows(now: Date, zone: string): Window[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const endOf = (days: number): Date =>
    today
      .plus({ days: days + 1 })
      .startOf('day')
      .toJSDate();
  return STAGES.map((stage, index) => {
    const next = STAGES[index + 1];
    // Points burn at the first moment of their day, so `after` lets that moment in.
    const after = next === undefined ? now : new Date(endOf(next).getTime() - 1);
    return { stage, after, before: endOf(stage) };
  });
}

/** From when on a reminder of this stage is better not sent: the next one takes its place, or the points are gone. */
export function uselessAt(burnsAt: Date, stage: Stage, zone: string): Date {
  const next = STAGES[STAGES.indexOf(stage) + 1];
  if (next === undefined) return burnsAt;
  return DateTime.fromJSDate(burnsAt, { zone }).startOf('day').minus({ days: next }).startOf('day').toJSDate();
}
