import { type Bar, barChart } from './bar-chart.js';

/** A day of the chart, in hundredths of a point. */
export interface ChartDay {
  day: string;
  earned: bigint;
  redeemed: bigint;
}

export interface DayChart {
  width: number;
  height: number;
  /** `column` is the day's whole place. */
  groups: (ChartDay & { column: Bar; earnedBar: Bar; redeemedBar: Bar })[];
  /** Values at the grid lines, from the top down, in hundredths of a point. */
  scale: bigint[];
}

const TEN_POINTS = 1000n;

/** Two bars a day on one scale. */
export function dayChart(days: readonly ChartDay[]): DayChart {
  const chart = barChart(
    days.map(({ earned, redeemed }) => [earned, redeemed]),
    TEN_POINTS,
  );
  return {
    ...chart,
    groups: days.map((day, i) => {
      const { column, bars } = chart.groups[i]!;
      return { ...day, column, earnedBar: bars[0]!, redeemedBar: bars[1]! };
    }),
  };
}
