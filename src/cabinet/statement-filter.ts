import { DateTime } from 'luxon';
import { isCalendarDay } from '../shared/calendar-day.js';
import { OPERATION_KINDS, type OperationFilter } from './queries/operations.queries.js';

/** The query of an address: anything may stand there. */
export type StatementQuery = Readonly<Record<string, unknown>>;

/** What a reader chose; each part may be missing. Days are `2026-11-22`, both of them included. */
export interface StatementChoice {
  kind: OperationFilter['kind'];
  from: string | null;
  to: string | null;
}

const PATH = '/cabinet/points';

/** Reads an address; what makes no sense is as if it had not been said, and days the wrong way round change places. */
export function readChoice(query: StatementQuery): StatementChoice {
  const kind = OPERATION_KINDS.find((known) => known === query['kind']) ?? null;
  const [from, to] = [dayIn(query['from']), dayIn(query['to'])];
  return from && to && from > to ? { kind, from: to, to: from } : { kind, from, to };
}

/** The moments between which operations lie, days beginning in the programme's zone. */
export function toFilter({ kind, from, to }: StatementChoice, zone: string): OperationFilter {
  const startOf = (day: string): DateTime => DateTime.fromISO(day, { zone });
  return {
    kind,
    from: from ? startOf(from).toJSDate() : null,
    until: to ? startOf(to).plus({ days: 1 }).toJSDate() : null,
  };
}

/** The address of a choice, so that it can be kept and sent. */
export function pathOf(choice: StatementChoice, after: string | null = null, path = PATH): string {
  const parts = Object.entries({ ...choice, after }).filter((part): part is [string, string] => Boolean(part[1]));
  return parts.length > 0 ? `${path}?${new URLSearchParams(parts).toString()}` : path;
}

export interface Span {
  /** A text of `cabinet:periods`. */
  name: string;
  from: string | null;
  to: string | null;
}

/** What people ask for most, as of `today`. */
export function usualSpans(today: string): Span[] {
  const now = DateTime.fromISO(today);
  const since = (name: string, back: object): Span => ({
    name,
    from: now.minus(back).plus({ days: 1 }).toISODate(),
    to: today,
  });
  return [
    { name: 'all', from: null, to: null },
    since('month', { months: 1 }),
    since('quarter', { months: 3 }),
    since('year', { years: 1 }),
  ];
}

function dayIn(value: unknown): string | null {
  return isCalendarDay(value) ? value : null;
}
