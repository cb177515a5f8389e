import { type Sort, SORTS, type TariffSearch } from '../../tariffs/catalogue/tariff-search.js';
import { AUDIENCES } from '../../tariffs/tariff-terms.js';
import { parseDecimal } from '../../shared/decimal.js';

/** The query of an address as Express reads it: anything may stand there. */
export type Query = Readonly<Record<string, unknown>>;

/** What an address of the list says. Figures stay as they were typed, for the form. */
export interface TariffFilter {
  q: string;
  operator: string[];
  for: (typeof WHOM)[number][];
  region: string;
  price: string;
  minutes: string;
  gb: string;
  sms: string;
  unlimited: ('internet' | 'minutes')[];
  sort: Sort;
  page: number;
  /** Addresses of tariffs picked for a comparison. */
  t: string[];
}

export const WHOM = [...AUDIENCES, 'persons'] as const;
const SLUG = /^[a-z0-9][a-z0-9_-]{0,79}$/;
const MOST_PICKED = 20;
const LAST_PAGE = 1000;
/** What the list is narrowed by; the order, the page and what was picked are not. */
const NARROWING = ['q', 'operator', 'for', 'region', 'price', 'minutes', 'gb', 'sms', 'unlimited'] as const;

/** Reads an address, whoever wrote it: what cannot be read is as if it were not there. */
export function readFilter(query: Query): TariffFilter {
  const page = Number(one(query, 'page', /^\d{1,4}$/) || 1);
  return {
    q: one(query, 'q', /^\P{C}{1,100}$/u).trim(),
    operator: many(query, 'operator').filter((code) => /^[a-z][a-z0-9_]{1,30}$/.test(code)),
    for: WHOM.filter((name) => many(query, 'for').includes(name)),
    region: one(query, 'region', /^\P{C}{1,100}$/u),
    ...{ price: figure(query, 'price', 2), minutes: figure(query, 'minutes', 0) },
    ...{ gb: figure(query, 'gb', 3), sms: figure(query, 'sms', 0) },
    unlimited: (['internet', 'minutes'] as const).filter((name) => many(query, 'unlimited').includes(name)),
    sort: SORTS.find((sort) => sort === query['sort']) ?? SORTS[0],
    page: Math.min(Math.max(page, 1), LAST_PAGE),
    t: pickedOf(query),
  };
}

/** Addresses of tariffs picked for a comparison, in the order in which they were picked. */
export function pickedOf(query: Query): string[] {
  return many(query, 't').filter((slug) => SLUG.test(slug));
}

export function searchOf(filter: TariffFilter): TariffSearch {
  return {
    ...{ words: filter.q || null, operators: filter.operator, audiences: filter.for, region: filter.region || null },
    priceToKopecks: unitsOf(filter.price, 2),
    minutesFrom: numberOf(filter.minutes, 0),
    megabytesFrom: numberOf(filter.gb, 3),
    smsFrom: numberOf(filter.sms, 0),
    unlimitedTraffic: filter.unlimited.includes('internet'),
    unlimitedMinutes: filter.unlimited.includes('minutes'),
    sort: filter.sort,
  };
}

/** The address of the list with some of it changed; whatever says nothing is left out. */
export function filterPath(filter: TariffFilter, changes: Partial<TariffFilter> = {}, path = '/tariffs'): string {
  const { sort, page, ...rest } = { ...filter, ...changes };
  const said: [string, string][] = Object.entries(rest).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  if (sort !== SORTS[0]) said.push(['sort', sort]);
  if (page > 1) said.push(['page', String(page)]);
  const text = new URLSearchParams(said.filter(([, value]) => value !== '')).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** How many things narrow the list. */
export function narrowingCount(filter: TariffFilter): number {
  return NARROWING.reduce((sum, name) => sum + [filter[name]].flat().filter((value) => value !== '').length, 0);
}

/** The filter without anything that narrows the list. */
export function widened({ sort, t }: TariffFilter): TariffFilter {
  return { ...readFilter({}), sort, t };
}

/** Tariffs that do not say how much there is are left out where a figure is asked for. */
export function asksFigures(filter: TariffFilter): boolean {
  return [filter.price, filter.minutes, filter.gb, filter.sms, ...filter.unlimited].some((value) => value !== '');
}

function one(query: Query, name: string, shape: RegExp): string {
  const value = query[name];
  return typeof value === 'string' && shape.test(value) ? value : '';
}

function many(query: Query, name: string): string[] {
  const values = [query[name]].flat().filter((value): value is string => typeof value === 'string');
  return [...new Set(values)].slice(0, MOST_PICKED);
}

function figure(query: Query, name: string, places: number): string {
  const typed = one(query, name, /^[\d\s\u00a0.,]{1,12}$/u).trim();
  return (unitsOf(typed, places) ?? 0n) > 0n ? typed : '';
}

function unitsOf(typed: string, places: number): bigint | null {
  return parseDecimal(typed.replace(/[\s\u00a0]/gu, '').replace(',', '.'), places);
}

/** Not more than the database counts in. */
function numberOf(typed: string, places: number): number | null {
  const units = unitsOf(typed, places);
  return units === null ? null : Math.min(Number(units), 2_000_000_000);
}
