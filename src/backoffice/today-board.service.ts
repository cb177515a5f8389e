import { Injectable } from '@nestjs/common';
import { SecurityAlarms } from '../auth/first-log-in/security-alarms.service.js';
import { Config } from '../infra/config/config.js';
import { Clock } from '../shared/clock.js';
import { AlertQueries } from './alerts/alert.queries.js';
import { dayChart } from './day-chart.js';
import { dayIn, daySpan, lastDays, weekAgoSoFar } from './days.js';
import { PurchaseQueries } from './queries/purchases.queries.js';
import { type DayRow, type Span, TodayQueries } from './queries/today.queries.js';

const CHART_DAYS = 14;
const LAST_PURCHASES = 8;

/** The first page: what happened today, beside the same weekday a week ago up to this hour. */
@Injectable()
export class TodayBoard {
  constructor(
    private readonly queries: TodayQueries,
    private readonly purchases: PurchaseQueries,
    private readonly alerts: AlertQueries,
    private readonly alarms: SecurityAlarms,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async today(): Promise<object> {
    const now = this.clock.now();
    const { timeZone } = this.config;
    const { span, days } = lastDays(CHART_DAYS, timeZone, now);
    const day = dayIn(timeZone, now);
    const today = daySpan(day, timeZone) as Span;
    const [rows, before, stations, activations, owed, last, alerts, alarms] = await Promise.all([
      this.queries.days(span, timeZone),
      this.queries.sums(weekAgoSoFar(timeZone, now)),
      this.queries.stations(today),
      this.queries.activations(today),
      this.queries.liability(),
      this.purchases.list({}, null, LAST_PURCHASES),
      this.alerts.openCount(),
      this.alarms.open(),
    ]);
    const byDay = new Map(rows.map((row) => [row.day, row]));
    const history = days.map((date) => byDay.get(date) ?? { ...NOTHING, day: date });
    return {
      day,
      tiles: tilesOf(history.at(-1) ?? NOTHING, before),
      activations,
      owed,
      stations,
      last: last.rows,
      alerts,
      alarms,
      chart: chartOf(history),
      history: history.toReversed().map((row) => ({ ...row, at: noon(row.day), weekend: isWeekend(row.day) })),
    };
  }
}

interface Change {
  percent: number;
  up: boolean;
  down: boolean;
  same: boolean;
}

const NOTHING: DayRow = {
  day: '',
  purchases: '0',
  total_kopecks: '0',
  earned_hundredths: '0',
  redeemed_hundredths: '0',
};

function tilesOf(today: DayRow, before: DayRow): object {
  return {
    ...today,
    count: Number(today.purchases),
    sumChange: changeOf(today.total_kopecks, before.total_kopecks),
    earnedChange: changeOf(today.earned_hundredths, before.earned_hundredths),
    redeemedChange: changeOf(today.redeemed_hundredths, before.redeemed_hundredths),
  };
}

/** In percent; null where there is nothing to compare with. */
function changeOf(now: string, before: string): Change | null {
  if (BigInt(before) === 0n) return null;
  const percent = Math.round((Number(now) / Number(before) - 1) * 100);
  return { percent: Math.abs(percent), up: percent > 0, down: percent < 0, same: percent === 0 };
}

function chartOf(history: readonly DayRow[]): object {
  const chart = dayChart(
    history.map((row) => ({
      day: row.day,
      earned: BigInt(row.earned_hundredths),
      redeemed: BigInt(row.redeemed_hundredths),
    })),
  );
  const groups = chart.groups.map((group) => ({
    ...group,
    at: noon(group.day),
    monthDay: Number(group.day.slice(-2)),
    weekend: isWeekend(group.day),
  }));
  return { ...chart, groups };
}

/** A moment that is this calendar day in every zone of the country. */
function noon(day: string): Date {
  return new Date(`${day}T06:00:00Z`);
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}
