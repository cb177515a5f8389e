export interface Bar {
  x: string;
  y: string;
  width: string;
  height: string;
}

export interface BarChart {
  width: number;
  height: number;
  /** `column` is the group's whole place; bars stand in the order of the values. */
  groups: { column: Bar; bars: Bar[] }[];
  /** Values at the grid lines, from the top down. */
  scale: bigint[];
}

const WIDTH = 1400;
const HEIGHT = 160;
/** Shares of a group's column. */
const GAP = 0.2;
const BARS = 0.6;
const BETWEEN = 0.04;

/**
 * Groups of bars on one scale, from zero. The picture is stretched to its place, so it holds bars only; words stand
 * around it. `smallest` is the least the scale's top may be.
 */
export function barChart(groups: readonly (readonly bigint[])[], smallest: bigint): BarChart {
  const top = roundUp(
    groups.flat().reduce((most, value) => (value > most ? value : most), 0n),
    smallest,
  );
  const column = WIDTH / Math.max(groups.length, 1);
  const count = Math.max(groups[0]?.length ?? 1, 1);
  const share = (BARS - BETWEEN * (count - 1)) / count;
  const bar = (value: bigint, x: number): Bar => {
    const height = (Math.max(Number(value), 0) / Number(top)) * HEIGHT;
    return {
      x: x.toFixed(1),
      y: (HEIGHT - height).toFixed(1),
      width: (column * share).toFixed(1),
      height: height.toFixed(1),
    };
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    groups: groups.map((values, i) => ({
      column: { x: (column * i).toFixed(1), y: '0', width: column.toFixed(1), height: String(HEIGHT) },
      bars: values.map((value, nth) => bar(value, column * (i + GAP + (share + BETWEEN) * nth))),
    })),
    scale: [top, top / 2n, 0n],
  };
}

/** The next round figure whose half is round too: a scale that people read at a glance. */
function roundUp(value: bigint, smallest: bigint): bigint {
  for (let step = smallest; ; step *= 10n) {
    for (const factor of [1n, 2n, 3n, 4n, 6n, 8n]) if (step * factor >= value) return step * factor;
  }
}
