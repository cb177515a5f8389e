import { DateTime } from 'luxon';

/** When something recurs; `zone` is the programme's time zone. */
export interface Recurrence {
  /** The last due moment up to and including `now`. */
  latest(now: Date, zone: string): Date;
  /** The first due moment after `due`, itself a due moment. */
  next(due: Date, zone: string): Date;
}

/** Every so many seconds, counted from the epoch. */
export function every(seconds: number): Recurrence {
  const period = seconds * 1000;
  return {
    latest: (now) => new Date(Math.floor(now.getTime() / period) * period),
    next: (due) => new Date(due.getTime() + period),
  };
}

/** Every day at `HH:mm` of the programme's zone. */
export function daily(time: string): Recurrence {
  const [hour, minute] = time.split(':').map(Number);
  const at = (day: DateTime) => day.set({ hour, minute, second: 0, millisecond: 0 });
  return {
    latest(now, zone) {
      const local = DateTime.fromJSDate(now, { zone });
      const today = at(local);
      return (today <= local ? today : at(local.minus({ days: 1 }))).toJSDate();
    },
    next: (due, zone) => at(DateTime.fromJSDate(due, { zone }).plus({ days: 1 })).toJSDate(),
  };
}
