import { booksAt, openAt, openNow } from './queries/liability.queries.js';
import { type Column, type ReportKind, sum, totalsOf } from './report.js';

const COLUMNS: readonly Column[] = [
  { name: 'burnMonth', kind: 'month' },
  { name: 'open', kind: 'points', summed: true },
  { name: 'openMoney', kind: 'money', summed: true },
  { name: 'share', kind: 'percent' },
];

/**
 * What the programme owes: points that may be spent, by the month in which they would burn. A point is worth a ruble,
 * hundredths of the one are kopecks of the other. Points held for purchases that are not finished and points that
 * customers owe after refunds stand apart; open + held − owed is what the ledger says.
 */
export const liability: ReportKind = {
  name: 'liability',
  asks: 'day',
  usual: 30,
  async build(sql, { asOf, zone, now }) {
    // A moment beyond now: what a till's fast clock dated ahead counts today.
    const until = asOf?.until ?? new Date(now.getTime() + 2 * 86_400_000);
    const months = await (asOf ? openAt(sql, asOf.until, zone) : openNow(sql, zone));
    const books = await booksAt(sql, until);
    const open = sum(months.map(({ amount }) => amount));
    const [outstanding, held] = [BigInt(books.outstanding), BigInt(books.held)];
    const rows = months.map(({ month, amount }) => {
      const points = BigInt(amount);
      return { cells: [month, points, points, Math.round((Number(points) / Number(open)) * 10_000)] };
    });
    return {
      figures: [
        { name: 'open', kind: 'points', value: open },
        { name: 'held', kind: 'points', value: held },
        { name: 'owed', kind: 'points', value: open + held - outstanding },
        { name: 'outstanding', kind: 'money', value: outstanding },
      ],
      sections: [
        {
          name: 'byMonth',
          columns: COLUMNS,
          rows,
          totals: totalsOf(COLUMNS, rows, { share: rows.length > 0 ? 10_000 : null }),
          chart: { bars: ['open'] },
        },
      ],
    };
  },
};
