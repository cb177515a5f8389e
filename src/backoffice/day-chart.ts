/** A day of the chart, in hundredths of a point. */
export interface ChartDay {
  day: string;
  earned: bigint;
  redeemed: bigint;
}

export interface Bar {
  x: string;
  y: string;
  width: string;
  height: string;
}

export interface DayChart {
  width: number;
  height: number;
  /** `column` is the day's whole place. */
  groups: (ChartDay & { column: Bar; earnedBar: Bar; redeemedBar: Bar })[];
  /** Values at the grid lines, from the top down, in hundredths of a point. */
  scale: bigint[];
}

const WIDTH = 1400;
const HEIGHT = 160;
/** Shares of a day's column. */
const GAP = 0.2;
const BAR = 0.28;

/** Two bars a day on one scale. The picture is stretched to its place, so it holds bars only; words stand around it. */
export function dayChart(days: readonly ChartDay[]): DayChart {
  const most = days.reduce((top, { earned, redeemed }) => max(top, max(earned, redeemed)), 0n);
  const top = roundUp(most);
  const column = WIDTH / Math.max(days.length, 1);
  const bar = (value: bigint, x: number): Bar => {
    const height = (Number(value) / Number(top)) * HEIGHT;
    return {
      x: x.toFixed(1),
      y: (HEIGHT - height).toFixed(1),
      width: (column * BAR).toFixed(1),
      height: height.toFixed(1),
    };
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    groups: days.map((day, i) => ({
      ...day,
      column: { x: (column * i).toFixed(1), y: '0', width: column.toFixed(1), height: String(HEIGHT) },
      earnedBar: bar(day.earned, column * (i + GAP)),
      redeemedBar: bar(day.redeemed, column * (i + GAP + BAR + 0.04)),
    })),
    scale: [top, top / 2n, 0n],
  };
}

/** The next round figure, at least ten points, whose half is round too: a scale that people read at a glance. */
function roundUp(hundredths: bigint): bigint {
  for (let step = 1000n; ; step *= 10n) {
    for (const factor of [1n, 2n, 3n, 4n, 6n, 8n]) if (step * factor >= hundredths) return step * factor;
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
