import { formatPercent } from '../../infra/i18n/format.js';
import { text } from '../../infra/i18n/texts.js';
import { barChart } from '../bar-chart.js';
import { axisText, cellText, type Reader } from './cell-text.js';
import { type Cell, type Column, type Figure, type Report, type ReportName, type Section, sum } from './report.js';

/** Names in a ranking chart; the table has them all. */
const MOST_RANKED = 12;
/** From so many rows on a table scrolls in itself. */
const LONG_ROWS = 31;
/** Labels that fit under the bars on a phone. */
const MOST_LABELS = 6;
/** Ten points, or ten of anything counted. */
const SMALLEST_TOP = { count: 10n, others: 1000n };

/** What the page shows of a report: everything as text, in the reader's language. */
export function reportView(report: Report, name: ReportName, reader: Reader): object {
  return {
    figures: report.figures.map((figure) => figureView(figure, name, reader)),
    sections: report.sections.map((section) => sectionView(section, reader)),
  };
}

function figureView({ name, kind, value, before }: Figure, report: ReportName, reader: Reader): object {
  return {
    name: `reports:${report}.figures.${name}`,
    text: cellText(kind, value, reader),
    change: before === undefined ? null : changeOf(kind, value, before, reader),
  };
}

/** Shares differ by points of a percent, everything else by percent; null where there is nothing to compare with. */
function changeOf(kind: Figure['kind'], value: Cell, before: Cell, reader: Reader): object | null {
  if (value === null || before === null || Number(before) === 0) return null;
  const difference =
    kind === 'percent' ? Number(value) - Number(before) : Math.round((Number(value) / Number(before) - 1) * 100) * 100;
  return {
    amount:
      kind === 'percent' ? pointsOfPercent(difference, reader) : cellText('percent', Math.abs(difference), reader),
    before: cellText(kind, before, reader),
    up: difference > 0,
    down: difference < 0,
  };
}

function pointsOfPercent(difference: number, { language }: Reader): string {
  return text(language, 'reports:pointsOfPercent', { amount: formatPercent(Math.abs(difference), language) });
}

function sectionView(section: Section, reader: Reader): object {
  const { name, columns, rows, totals } = section;
  const cellsOf = (cells: readonly Cell[], blank?: string): object[] =>
    columns.map(({ kind }, index) => {
      const cell = cells[index] ?? null;
      return {
        text: cell === null && blank !== undefined ? blank : cellText(kind, cell, reader),
        figure: isFigure(kind),
        second: index > 0 && !isFigure(kind),
        short: kind !== 'text',
      };
    });
  return {
    name,
    empty: rows.length === 0,
    long: rows.length > LONG_ROWS,
    columns: columns.map((column, index) => ({
      name: `reports:columns.${column.name}`,
      figure: isFigure(column.kind),
      second: index > 0 && !isFigure(column.kind),
    })),
    rows: rows.map(({ cells, href }) => ({ first: cellsOf(cells)[0], href, rest: cellsOf(cells).slice(1) })),
    totals: totals && rows.length > 0 ? cellsOf(totals, '').slice(1) : null,
    ...chartOf(section, reader),
  };
}

function isFigure(kind: Column['kind']): boolean {
  return !['text', 'day', 'month'].includes(kind);
}

function chartOf(section: Section, reader: Reader): object {
  const { chart, rows } = section;
  if (!chart || rows.length === 0) return {};
  return 'ranked' in chart
    ? { ranking: rankingOf(section, chart.ranked, reader) }
    : { bars: barsOf(section, chart.bars, reader) };
}

function barsOf({ columns, rows }: Section, series: readonly string[], reader: Reader): object {
  const drawn = series.map((name) => columns.findIndex((column) => column.name === name));
  const { kind } = columns[drawn[0]!]!;
  // A month may have several rows, one for each rule.
  const labels = [...new Set(rows.map(({ cells }) => String(cells[0])))];
  const values = labels.map((label) => {
    const same = rows.filter(({ cells }) => cells[0] === label);
    return drawn.map((index) => sum(same.map(({ cells }) => BigInt(cells[index] ?? 0))));
  });
  const chart = barChart(values, kind === 'count' ? SMALLEST_TOP.count : SMALLEST_TOP.others);
  const [first] = columns;
  return {
    width: chart.width,
    height: chart.height,
    scale: chart.scale.map((value) => cellText(kind, value, reader)),
    series: series.map((name, nth) => ({ name: `reports:columns.${name}`, nth })),
    alone: series.length === 1,
    groups: chart.groups.map(({ column, bars }, index) => ({
      title: `${cellText(first!.kind, labels[index]!, reader)}: ${values[index]!.map((value) => cellText(kind, value, reader)).join(' / ')}`,
      column,
      bars: bars.map((bar, nth) => ({ ...bar, nth })),
    })),
    labels: spreadLabels(labels).map((label) => axisText(first!.kind, label, reader)),
  };
}

/** Every one where they are few, else some at equal steps, the first and the last among them. */
function spreadLabels(labels: readonly string[]): string[] {
  if (labels.length <= MOST_LABELS) return [...labels];
  return Array.from(
    { length: MOST_LABELS },
    (_, index) => labels[Math.round((index * (labels.length - 1)) / (MOST_LABELS - 1))]!,
  );
}

function rankingOf({ columns, rows }: Section, ranked: string, reader: Reader): object[] {
  const index = columns.findIndex(({ name }) => name === ranked);
  const values = rows.map(({ cells }) => Number(cells[index] ?? 0));
  const most = Math.max(...values, 1);
  return rows.slice(0, MOST_RANKED).map(({ cells }, row) => ({
    label: String(cells[0]),
    text: cellText(columns[index]!.kind, cells[index] ?? null, reader),
    width: ((Math.max(values[row]!, 0) / most) * 100).toFixed(1),
  }));
}
