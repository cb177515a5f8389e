import type { Sql } from '../../infra/database/sql.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { AsOf, Period } from './period.js';

/**
 * What stands in a column. Points and money are hundredths and kopecks, a percent is basis points (a hundredth of a
 * percent), a day is `2026-11-22`, a month `2026-11`.
 */
export type CellKind = 'text' | 'day' | 'month' | 'count' | 'points' | 'money' | 'percent';
export type Cell = string | bigint | number | null;

export interface Column {
  /** A text of `reports:columns`. */
  name: string;
  kind: CellKind;
  /** The last row sums it. */
  summed?: boolean;
}

export interface Row {
  cells: Cell[];
  /** What the first cell leads to. */
  href?: string;
}

/** One table with its chart. */
export interface Section {
  /** A text of `reports:<report>.sections`, and the sheet's name. */
  name: string;
  columns: readonly Column[];
  rows: Row[];
  /** The sums row; null where nothing is summed. */
  totals: Cell[] | null;
  /** Columns drawn as bars, or the one that long names are ranked by. */
  chart: { bars: readonly string[] } | { ranked: string } | null;
}

/** A tile above the tables. */
export interface Figure {
  /** A text of `reports:<report>.figures`. */
  name: string;
  kind: CellKind;
  value: Cell;
  /** The same figure of the period before. */
  before?: Cell;
}

export interface Report {
  figures: Figure[];
  sections: Section[];
}

export const REPORT_NAMES = ['liability', 'activity', 'rules', 'members', 'breakage'] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

export interface ReportRequest {
  period: Period;
  /** For figures as of a moment: the day whose end is meant, and null for this very moment. */
  asOf: AsOf | null;
  /** Limits the report to a station, where it knows stations. */
  stationId: string | null;
  zone: string;
  now: Date;
  language: Language;
}

export interface ReportKind {
  name: ReportName;
  /** Which filters it has: a period, or a day as of whose end it tells. */
  asks: 'period' | 'day';
  /** The period where none was chosen: so many days, or a year of whole months. */
  usual: number | 'months';
  stations?: boolean;
  build(sql: Sql, request: ReportRequest): Promise<Report>;
}

export function sum(values: readonly (bigint | string)[]): bigint {
  return values.reduce<bigint>((total, value) => total + BigInt(value), 0n);
}

/** Basis points; null where there is nothing to divide by. */
export function shareOf(part: bigint | number, whole: bigint | number): number | null {
  return Number(whole) === 0 ? null : Math.round((Number(part) / Number(whole)) * 10_000);
}

/** Sums what is to be summed; `others` gives what cannot be added up, by column. */
export function totalsOf(
  columns: readonly Column[],
  rows: readonly Row[],
  others: Readonly<Record<string, Cell>> = {},
): Cell[] {
  return columns.map(({ name, kind, summed }, index) => {
    if (!summed) return others[name] ?? null;
    const total = sum(rows.map(({ cells }) => BigInt(cells[index] ?? 0)));
    return kind === 'count' ? Number(total) : total;
  });
}
