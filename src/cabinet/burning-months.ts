import { DateTime } from 'luxon';

/** Hundredths of a point that burn with the end of the day at this moment. */
export interface BurningDay {
  at: Date;
  pointsHundredths: bigint;
}

export interface BurningMonth {
  /** Its first moment. */
  at: Date;
  /** `Июн` in the chart. */
  shortName: string;
  /** `Июнь 2026` */
  name: string;
  /** The next to burn is in this one. */
  next: boolean;
  pointsHundredths: bigint;
  days: BurningDay[];
  /** In the chart, from the top down. */
  bar: { x: number; y: number; width: number; height: number };
}

export interface BurningChart {
  width: number;
  height: number;
  months: BurningMonth[];
}

/** This month and the twelve after it: points live for a year. */
const MONTHS = 13;
const HEIGHT = 100;
const COLUMN = 20;
const BAR = 12;

/** The next months with what burns in each; days later than that stand in the last one. */
export function burningChart(
  days: readonly BurningDay[],
  now: Date,
  { zone, locale }: { zone: string; locale: string },
): BurningChart {
  const first = DateTime.fromJSDate(now, { zone }).setLocale(locale).startOf('month');
  const found = Array.from({ length: MONTHS }, (_, i): { start: DateTime; days: BurningDay[] } => ({
    start: first.plus({ months: i }),
    days: [],
  }));
  for (const day of days) {
    const { months } = DateTime.fromJSDate(day.at, { zone }).startOf('month').diff(first, 'months');
    found[Math.min(Math.round(months), MONTHS - 1)]?.days.push(day);
  }
  const sums = found.map((month) => month.days.reduce((sum, { pointsHundredths }) => sum + pointsHundredths, 0n));
  const next = sums.findIndex((sum) => sum > 0n);
  const most = sums.reduce((top, sum) => (sum > top ? sum : top), 1n);
  return {
    width: MONTHS * COLUMN,
    height: HEIGHT,
    months: found.map((month, i) => ({
      at: month.start.toJSDate(),
      shortName: month.start.toFormat('LLL').slice(0, 3),
      name: capitalised(month.start.toFormat('LLLL yyyy')),
      next: i === next,
      pointsHundredths: sums[i]!,
      days: month.days,
      bar: bar(i, sums[i]!, most),
    })),
  };
}

/** The highest bar takes all the height; a month with anything at all shows something. */
function bar(column: number, sum: bigint, most: bigint): BurningMonth['bar'] {
  const height = sum === 0n ? 0 : Math.max(2, Number((sum * BigInt(HEIGHT)) / most));
  return { x: column * COLUMN + (COLUMN - BAR) / 2, y: HEIGHT - height, width: BAR, height };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
