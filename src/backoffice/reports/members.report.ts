import { monthsOf } from './period.js';
import {
  type FunnelRow,
  funnelOf,
  joiningByMonth,
  type JoiningRow,
  membersAt,
  type MembersRow,
} from './queries/members.queries.js';
import { text } from '../../infra/i18n/texts.js';
import {
  type Column,
  type ReportKind,
  type ReportRequest,
  type Row,
  type Section,
  shareOf,
  totalsOf,
} from './report.js';

const MONTHS: readonly Column[] = [
  { name: 'month', kind: 'month' },
  { name: 'customers', kind: 'count', summed: true },
  { name: 'sold', kind: 'count', summed: true },
  { name: 'activated', kind: 'count', summed: true },
  { name: 'virtual', kind: 'count', summed: true },
];
const GROUPS: readonly Column[] = [
  { name: 'group', kind: 'text' },
  { name: 'count', kind: 'count' },
  { name: 'share', kind: 'percent' },
];

/** Who buys and who sleeps as of now; who joined, and what became of the cards sold, in the period. */
export const members: ReportKind = {
  name: 'members',
  asks: 'period',
  usual: 'months',
  async build(sql, request) {
    const { period, zone, now } = request;
    const row = await membersAt(sql, now);
    return {
      figures: [
        { name: 'members', kind: 'count', value: Number(row.members) },
        { name: 'active30', kind: 'count', value: Number(row.active30) },
        { name: 'active90', kind: 'count', value: Number(row.active90) },
        { name: 'sleeping', kind: 'count', value: Number(row.sleeping) },
      ],
      sections: [
        joining(await joiningByMonth(sql, period.span, zone), request),
        funnel(await funnelOf(sql, period.span), request),
        activityOf(row, request),
      ],
    };
  },
};

function joining(found: readonly JoiningRow[], { period }: ReportRequest): Section {
  const byMonth = new Map(found.map((row) => [row.month, row]));
  const rows: Row[] = monthsOf(period).map((month) => {
    const { customers = 0, sold = 0, activated = 0, virtual = 0 } = byMonth.get(month) ?? {};
    return { cells: [month, ...[customers, sold, activated, virtual].map(Number)] };
  });
  const totals = totalsOf(MONTHS, rows);
  return { name: 'joining', columns: MONTHS, rows, totals, chart: { bars: ['customers', 'sold'] } };
}

function funnel(row: FunnelRow, request: ReportRequest): Section {
  const steps = ['sold', 'activated', 'bought'] as const;
  return grouped(
    'funnel',
    steps.map((name) => [name, Number(row[name])]),
    Number(row.sold),
    request,
  );
}

function activityOf(row: MembersRow, request: ReportRequest): Section {
  const month = Number(row.active30);
  const groups: [string, number][] = [
    ['active30', month],
    ['active31to90', Number(row.active90) - month],
    ['sleeping', Number(row.sleeping)],
    ['never', Number(row.never)],
  ];
  return grouped('groups', groups, Number(row.members), request);
}

function grouped(name: string, groups: [string, number][], whole: number, { language }: ReportRequest): Section {
  const rows: Row[] = groups.map(([group, count]) => ({
    cells: [text(language, `reports:groups.${group}`), count, shareOf(count, whole)],
  }));
  return { name, columns: GROUPS, rows, totals: null, chart: { ranked: 'count' } };
}
