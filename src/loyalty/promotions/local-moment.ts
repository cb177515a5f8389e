import { DateTime } from 'luxon';
import { Remembered } from '../../shared/remembered.js';

/** A moment as the clock on a station's wall says it. */
export interface LocalMoment {
  /** `2026-11-22` */
  day: string;
  /** 1 is Monday. */
  weekday: number;
  /** Since midnight, by the clock on the wall. */
  minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const moments = new Remembered<LocalMoment>(5000);

export function localMoment(at: Date, zone: string): LocalMoment {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  return moments.of(`${minute} ${zone}`, () => {
    const local = DateTime.fromMillis(minute * MINUTE_MS, { zone });
    return { day: local.toISODate()!, weekday: local.weekday, minute: local.hour * 60 + local.minute };
  });
}

/** The calendar day before, as a moment's `day` and `weekday`. */
export function dayBefore({
  day,
  weekday,
}: Pick<LocalMoment, 'day' | 'weekday'>): Pick<LocalMoment, 'day' | 'weekday'> {
  return {
    day: new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10),
    weekday: weekday === 1 ? 7 : weekday - 1,
  };
}

/** `18:30` as minutes since midnight. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether the day lies at most so many days from a birthday; one of 29 February has it on the 28th in common years. */
export function nearBirthday(day: string, birthDate: string, days: number): boolean {
  const today = Date.parse(day);
  const year = new Date(today).getUTCFullYear();
  return [year - 1, year, year + 1].some((one) => Math.abs(birthdayIn(one, birthDate) - today) <= days * DAY_MS);
}

function birthdayIn(year: number, birthDate: string): number {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const day = birthDate.slice(5) === '02-29' && !leap ? '02-28' : birthDate.slice(5);
  return Date.parse(`${year}-${day}`);
}
