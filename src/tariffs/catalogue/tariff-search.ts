import type { Audience } from '../tariff-terms.js';

export const SORTS = ['phone', 'price', 'traffic', 'minutes', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** What somebody looks for among the tariffs; null and empty lists let all through. */
export interface TariffSearch {
  words: string | null;
  /** Codes. */
  operators: readonly string[];
  /** `persons` are corporate tariffs that persons may have. */
  audiences: readonly (Audience | 'persons')[];
  region: string | null;
  /** By the month. */
  priceToKopecks: bigint | null;
  minutesFrom: number | null;
  megabytesFrom: number | null;
  smsFrom: number | null;
  unlimitedTraffic: boolean;
  unlimitedMinutes: boolean;
  sort: Sort;
}

export const EVERYTHING: TariffSearch = {
  ...{ words: null, operators: [], audiences: [], region: null, priceToKopecks: null },
  ...{ minutesFrom: null, megabytesFrom: null, smsFrom: null, unlimitedTraffic: false, unlimitedMinutes: false },
  sort: 'phone',
};

const MONTH_DAYS = 30;

/** What a tariff comes to in a month, in SQL and for pages: days and weeks count by thirty days. */
export const MONTHLY = `case period when 'day' then price_kopecks * ${MONTH_DAYS}
  when 'week' then price_kopecks * ${MONTH_DAYS} / 7 when 'year' then price_kopecks / 12 else price_kopecks end`;

export function monthlyKopecks(priceKopecks: bigint | null, period: 'day' | 'week' | 'month' | 'year'): bigint | null {
  if (priceKopecks === null) return null;
  if (period === 'day') return priceKopecks * BigInt(MONTH_DAYS);
  if (period === 'week') return (priceKopecks * BigInt(MONTH_DAYS)) / 7n;
  return period === 'year' ? priceKopecks / 12n : priceKopecks;
}

/** What is unknown comes last, whatever is looked for. */
const ORDER: Record<Sort, string> = {
  // What most come for, and says most of itself, stands first.
  phone: `audience <> 'phone', (monthly is null)::int + (minutes_kind = 'unknown')::int + (traffic_kind = 'unknown')::int, monthly`,
  price: 'monthly nulls last',
  traffic: `traffic_kind = 'unlimited' desc, traffic_megabytes desc nulls last, monthly nulls last`,
  minutes: `minutes_kind = 'unlimited' desc, minutes desc nulls last, monthly nulls last`,
  name: 'lower(name)',
};

/** The order of a list: ties by name, then by address, so that pages never overlap. */
export function orderOf({ sort }: TariffSearch): string {
  return `${ORDER[sort]}, lower(name), slug`;
}

/** The conditions on `shown`, and their values from `$first` on. What is unknown fulfils no condition. */
export function conditionsOf(search: TariffSearch, first: number): { where: string; params: unknown[] } {
  const params: unknown[] = [];
  const parts: string[] = [];
  const add = (value: unknown, part: (place: string) => string): void => {
    params.push(value);
    parts.push(part(`$${first + params.length - 1}`));
  };
  const atLeast = (kind: string, amount: string, least: number | null): void => {
    if (least !== null) add(least, (place) => `(${kind} = 'unlimited' or ${amount} >= ${place}::int)`);
  };
  if (search.words !== null) {
    add(`%${search.words.replace(/[\\%_]/g, '\\$&')}%`, (place) => `operator_name || ' ' || name ilike ${place}`);
  }
  if (search.operators.length > 0) add(search.operators, (place) => `operator_code = any(${place}::text[])`);
  if (search.audiences.length > 0) {
    add(
      search.audiences,
      (place) => `(audience = any(${place}::text[]) or for_persons and 'persons' = any(${place}::text[]))`,
    );
  }
  if (search.region !== null) add(search.region, (place) => `region = ${place}`);
  if (search.priceToKopecks !== null) add(search.priceToKopecks, (place) => `monthly <= ${place}::bigint`);
  atLeast('minutes_kind', 'minutes', search.minutesFrom);
  atLeast('traffic_kind', 'traffic_megabytes', search.megabytesFrom);
  atLeast('sms_kind', 'sms', search.smsFrom);
  if (search.unlimitedTraffic) parts.push(`traffic_kind = 'unlimited'`);
  if (search.unlimitedMinutes) parts.push(`minutes_kind = 'unlimited'`);
  return { where: parts.length > 0 ? parts.join(' and ') : 'true', params };
}
