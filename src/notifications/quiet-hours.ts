import { DateTime } from 'luxon';

/** Minutes after midnight; `from` after `to` spans the night, equal ones mean none. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

/** When the quiet hours that `now` lies in end; null outside of them. */
export function quietUntil(now: Date, { fromMinute, toMinute }: QuietHours, zone: string): Date | null {
  const local = DateTime.fromJSDate(now, { zone });
  const minute = local.hour * 60 + local.minute;
  const overnight = fromMinute > toMinute;
  const quiet = overnight ? minute >= fromMinute || minute < toMinute : minute >= fromMinute && minute < toMinute;
  if (!quiet) return null;
  const day = overnight && minute >= fromMinute ? local.plus({ days: 1 }) : local;
  const end = day.set({ hour: Math.floor(toMinute / 60), minute: toMinute % 60, second: 0, millisecond: 0 });
  // Where the clock went back, the end may have come once already.
  return end > local ? end.toJSDate() : null;
}
