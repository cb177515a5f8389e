import { DateTime } from 'luxon';

/** When people are called: minutes after midnight in the zone, on these days of the week (1 is Monday). */
export interface WorkingHours {
  fromMinute: number;
  toMinute: number;
  weekdays: readonly number[];
  zone: string;
}

/** An hour that a customer may choose. */
export interface Slot {
  startsAt: Date;
  endsAt: Date;
  day: 'today' | 'tomorrow';
}

/** What an operator chooses among after a dial that failed. */
export const NEXT_TRIES = ['half_hour', 'two_hours', 'tomorrow'] as const;
export type NextTry = (typeof NEXT_TRIES)[number];

const SLOT_MINUTES = 60;
const WEEK = 7;

/** Until when somebody who asks now is called: so many minutes on, counted from the opening where we are closed. */
export function promiseFor(now: Date, hours: WorkingHours, promiseMinutes: number): Date {
  return new Date(openFrom(now, hours).getTime() + promiseMinutes * 60_000);
}

/** The moment itself while we are open, else when we open next. */
export function openFrom(at: Date, hours: WorkingHours): Date {
  const local = DateTime.fromJSDate(at, { zone: hours.zone });
  for (let days = 0; days <= WEEK; days++) {
    const day = workingDay(local.plus({ days }), hours);
    if (day && local < day.closing) return (local < day.opening ? day.opening : local).toJSDate();
  }
  throw new Error('no day of the week is a working day');
}

/** Hours of today and tomorrow that lie whole within the working hours and are far enough ahead to be kept. */
export function freeSlots(now: Date, hours: WorkingHours, promiseMinutes: number): Slot[] {
  const local = DateTime.fromJSDate(now, { zone: hours.zone });
  const earliest = local.plus({ minutes: promiseMinutes });
  return (['today', 'tomorrow'] as const).flatMap((name, days) => {
    const day = workingDay(local.plus({ days }), hours);
    if (!day) return [];
    const slots: Slot[] = [];
    for (let from = day.opening; from < day.closing; from = from.plus({ minutes: SLOT_MINUTES })) {
      const to = from.plus({ minutes: SLOT_MINUTES });
      if (from < earliest || to > day.closing) continue;
      slots.push({ startsAt: from.toJSDate(), endsAt: to.toJSDate(), day: name });
    }
    return slots;
  });
}

/** When to dial again; what would fall after hours waits for the opening. */
export function nextTryAt(choice: NextTry, now: Date, hours: WorkingHours): Date {
  if (choice === 'half_hour') return openFrom(new Date(now.getTime() + 30 * 60_000), hours);
  if (choice === 'two_hours') return openFrom(new Date(now.getTime() + 120 * 60_000), hours);
  const tomorrow = DateTime.fromJSDate(now, { zone: hours.zone }).plus({ days: 1 }).startOf('day');
  return openFrom(tomorrow.toJSDate(), hours);
}

/** The longer nobody answers, the longer the pause. */
export function proposedTry(missedBefore: number): NextTry {
  return NEXT_TRIES[Math.min(missedBefore, NEXT_TRIES.length - 1)] ?? 'tomorrow';
}

function workingDay(
  local: DateTime,
  { fromMinute, toMinute, weekdays }: WorkingHours,
): { opening: DateTime; closing: DateTime } | null {
  if (!weekdays.includes(local.weekday)) return null;
  return { opening: atMinute(local, fromMinute), closing: atMinute(local, toMinute) };
}

/** By the clock on the wall, also on days that the clock goes forward or back. */
function atMinute(local: DateTime, minute: number): DateTime {
  return local.startOf('day').set({ hour: Math.floor(minute / 60), minute: minute % 60 });
}
