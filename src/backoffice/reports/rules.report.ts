import { ruleText } from '../../infra/i18n/rule-text.js';
import { rulesByMonth, rulesIn, takenBack } from './queries/rules.queries.js';
import { type Column, type ReportKind, type Row, shareOf, sum, totalsOf } from './report.js';

const SUMS: readonly Column[] = [
  { name: 'purchases', kind: 'count' },
  { name: 'points', kind: 'points', summed: true },
  { name: 'cost', kind: 'money', summed: true },
];
const RULES: readonly Column[] = [
  { name: 'rule', kind: 'text' },
  { name: 'code', kind: 'text' },
  ...SUMS,
  { name: 'share', kind: 'percent' },
];
const MONTHS: readonly Column[] = [{ name: 'month', kind: 'month' }, { name: 'rule', kind: 'text' }, ...SUMS];

/** What each promotion and rule cost: the points it gave, a point being a ruble that customers will spend. */
export const rules: ReportKind = {
  name: 'rules',
  asks: 'period',
  usual: 'months',
  async build(sql, { period, zone, language }) {
    const given = await rulesIn(sql, period.span);
    const months = await rulesByMonth(sql, period.span, zone);
    const back = await takenBack(sql, period.span);
    const total = sum(given.map(({ hundredths }) => hundredths));
    const rows: Row[] = given.map(({ code, title, purchases, hundredths }) => {
      const points = BigInt(hundredths);
      return {
        cells: [
          ruleText({ code, title }, language),
          ...[code, Number(purchases), points, points, shareOf(points, total)],
        ],
      };
    });
    const monthRows: Row[] = months.map(({ month, code, title, purchases, hundredths }) => ({
      cells: [month, ruleText({ code, title }, language), Number(purchases), BigInt(hundredths), BigInt(hundredths)],
    }));
    return {
      figures: [
        { name: 'given', kind: 'points', value: total },
        { name: 'takenBack', kind: 'points', value: back },
        { name: 'cost', kind: 'money', value: total - back },
      ],
      sections: [
        {
          ...{ name: 'byRule', columns: RULES, rows, chart: { ranked: 'points' } },
          totals: totalsOf(RULES, rows, { share: shareOf(total, total) }),
        },
        {
          ...{ name: 'byMonth', columns: MONTHS, rows: monthRows, chart: { bars: ['points'] } },
          totals: totalsOf(MONTHS, monthRows),
        },
      ],
    };
  },
};
