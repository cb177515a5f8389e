import type { Sql } from '../../infra/database/sql.js';
import { daysOf } from './period.js';
import { daySums, NOTHING, stationSums, type SumsRow, sumsOf } from './queries/activity.queries.js';
import {
  type Cell,
  type Column,
  type Figure,
  type ReportKind,
  type ReportRequest,
  type Row,
  type Section,
  shareOf,
  totalsOf,
} from './report.js';

const SUMS: readonly Column[] = [
  { name: 'purchases', kind: 'count', summed: true },
  { name: 'turnover', kind: 'money', summed: true },
  { name: 'earned', kind: 'points', summed: true },
  { name: 'redeemed', kind: 'points', summed: true },
  { name: 'redeemingShare', kind: 'percent' },
  { name: 'refunds', kind: 'count', summed: true },
  { name: 'refundSum', kind: 'money', summed: true },
  { name: 'takenBack', kind: 'points', summed: true },
  { name: 'returned', kind: 'points', summed: true },
  { name: 'net', kind: 'money', summed: true },
];
/** What the tables tell besides. */
const NO_FIGURES = new Set(['refunds', 'takenBack', 'returned']);
const DAYS: readonly Column[] = [{ name: 'day', kind: 'day' }, ...SUMS];
const STATIONS: readonly Column[] = [{ name: 'station', kind: 'text' }, { name: 'city', kind: 'text' }, ...SUMS];
/**
 * Points earned and spent by day and by station, beside as many days before: confirmed purchases as they were made, what
 * was given back on the day it was (of whichever purchase), and what is left of the sales.
 */
export const activity: ReportKind = {
  name: 'activity',
  asks: 'period',
  usual: 30,
  stations: true,
  async build(sql, request) {
    const { period, stationId } = request;
    const now = await sumsOf(sql, period.span, stationId);
    const before = await sumsOf(sql, period.before, stationId);
    return {
      figures: figuresOf(now, before),
      sections: [await byDay(sql, request, now), await byStation(sql, request, now)],
    };
  },
};

async function byDay(sql: Sql, { period, stationId, zone }: ReportRequest, all: SumsRow): Promise<Section> {
  const found = new Map((await daySums(sql, period.span, stationId, zone)).map((row) => [row.day, row]));
  const rows: Row[] = daysOf(period).map((day) => ({
    cells: [day, ...cellsOf(found.get(day) ?? NOTHING)],
    href: `/admin/purchases?day=${day}${stationId ? `&station=${stationId}` : ''}`,
  }));
  const totals = totalsOf(DAYS, rows, { redeemingShare: shareOf(Number(all.redeeming), Number(all.purchases)) });
  return { name: 'byDay', columns: DAYS, rows, totals, chart: { bars: ['earned', 'redeemed'] } };
}

async function byStation(sql: Sql, { period, stationId }: ReportRequest, all: SumsRow): Promise<Section> {
  const rows: Row[] = (await stationSums(sql, period.span, stationId)).map((row) => ({
    cells: [row.name, row.city, ...cellsOf(row)],
    href: `/admin/reports/activity?from=${period.from}&to=${period.to}&station=${row.id}`,
  }));
  const totals = totalsOf(STATIONS, rows, { redeemingShare: shareOf(Number(all.redeeming), Number(all.purchases)) });
  return { name: 'byStation', columns: STATIONS, rows, totals, chart: { ranked: 'earned' } };
}

function cellsOf(row: SumsRow): Cell[] {
  return [
    Number(row.purchases),
    BigInt(row.total_kopecks),
    BigInt(row.earned_hundredths),
    BigInt(row.redeemed_hundredths),
    shareOf(Number(row.redeeming), Number(row.purchases)),
    Number(row.refunds),
    BigInt(row.refunded_kopecks),
    BigInt(row.taken_back_hundredths),
    BigInt(row.returned_hundredths),
    BigInt(row.total_kopecks) - BigInt(row.refunded_kopecks),
  ];
}

function figuresOf(now: SumsRow, before: SumsRow): Figure[] {
  const [these, those] = [cellsOf(now), cellsOf(before)];
  return SUMS.map(({ name, kind }, index) => ({
    name,
    kind,
    value: these[index] ?? null,
    before: those[index] ?? null,
  })).filter(({ name }) => !NO_FIGURES.has(name));
}
