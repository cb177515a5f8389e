import { DateTime } from 'luxon';
import { addressOf } from '../page-query.js';
import type { ReportRequest } from './report.js';

export interface UsualPeriod {
  /** A text of `reports:periods`. */
  name: string;
  path: string;
  current: boolean;
}

/** The periods that people ask for most; the other filters stay as they are. */
export function usualPeriods(path: string, { period, stationId, zone, now }: ReportRequest): UsualPeriod[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const lastMonth = today.minus({ months: 1 });
  const spans: [string, DateTime, DateTime][] = [
    ['week', today.minus({ days: 6 }), today],
    ['days30', today.minus({ days: 29 }), today],
    ['month', today.startOf('month'), today],
    ['lastMonth', lastMonth.startOf('month'), lastMonth.endOf('month')],
    ['year', today.minus({ months: 11 }).startOf('month'), today],
  ];
  return spans.map(([name, first, last]) => {
    const [from, to] = [first.toFormat('yyyy-MM-dd'), last.toFormat('yyyy-MM-dd')];
    return {
      name,
      path: addressOf(path, { from, to, station: stationId }),
      current: from === period.from && to === period.to,
    };
  });
}
