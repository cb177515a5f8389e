import { monthsOf } from './period.js';
import { type BurnMonthRow, burntByMonth, type CohortRow, cohorts } from './queries/breakage.queries.js';
import { type Column, type ReportKind, type Row, type Section, shareOf, sum, totalsOf } from './report.js';

const COHORTS: readonly Column[] = [
  { name: 'earnMonth', kind: 'month' },
  { name: 'issued', kind: 'points', summed: true },
  { name: 'spent', kind: 'points', summed: true },
  { name: 'takenBack', kind: 'points', summed: true },
  { name: 'burnt', kind: 'points', summed: true },
  { name: 'left', kind: 'points', summed: true },
  { name: 'breakage', kind: 'percent' },
];
const MONTHS: readonly Column[] = [
  { name: 'month', kind: 'month' },
  { name: 'issued', kind: 'points', summed: true },
  { name: 'burnt', kind: 'points', summed: true },
  { name: 'breakage', kind: 'percent' },
];

/**
 * Breakage: burnt ÷ issued. By the month in which points were earned it is what in the end came of them, so young
 * months show little yet; by the month of burning it is what the programme gained then.
 */
export const breakage: ReportKind = {
  name: 'breakage',
  asks: 'period',
  usual: 'months',
  async build(sql, { period, zone }) {
    const earned = await cohorts(sql, period.span, zone);
    const months = await burntByMonth(sql, period.span, zone);
    const [issued, burnt] = [sum(months.map((row) => row.issued)), sum(months.map((row) => row.burnt))];
    return {
      figures: [
        { name: 'issued', kind: 'points', value: issued },
        { name: 'burnt', kind: 'points', value: burnt },
        { name: 'breakage', kind: 'percent', value: shareOf(burnt, issued) },
      ],
      sections: [byCohort(earned), byMonth(months, monthsOf(period))],
    };
  },
};

function byCohort(found: readonly CohortRow[]): Section {
  const rows: Row[] = found.map((row) => {
    const [issued, spent, back, burnt] = [row.issued, row.spent, row.taken_back, row.burnt].map(BigInt) as Four;
    const left = issued - spent - back - burnt;
    return { cells: [row.month, issued, spent, back, burnt, left, shareOf(burnt, issued)] };
  });
  const share = shareOf(sum(found.map((row) => row.burnt)), sum(found.map((row) => row.issued)));
  const totals = totalsOf(COHORTS, rows, { breakage: share });
  return { name: 'byCohort', columns: COHORTS, rows, totals, chart: { bars: ['issued', 'spent', 'burnt'] } };
}

type Four = [bigint, bigint, bigint, bigint];

function byMonth(found: readonly BurnMonthRow[], all: readonly string[]): Section {
  const known = new Map(found.map((row) => [row.month, row]));
  const rows: Row[] = all.map((month) => {
    const [issued, burnt] = [BigInt(known.get(month)?.issued ?? 0), BigInt(known.get(month)?.burnt ?? 0)];
    return { cells: [month, issued, burnt, shareOf(burnt, issued)] };
  });
  const share = shareOf(sum(found.map((row) => row.burnt)), sum(found.map((row) => row.issued)));
  const totals = totalsOf(MONTHS, rows, { breakage: share });
  return { name: 'byMonth', columns: MONTHS, rows, totals, chart: { bars: ['issued', 'burnt'] } };
}
