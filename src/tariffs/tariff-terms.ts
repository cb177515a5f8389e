export const AUDIENCES = ['phone', 'tablet', 'modem', 'corporate'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** How much of something is in the price. What nobody knows is `unknown`, which is neither nothing nor without limit. */
export const ALLOWANCES = ['amount', 'unlimited', 'none', 'unknown'] as const;
export type AllowanceKind = (typeof ALLOWANCES)[number];

export const QUALITIES = ['official', 'dealer', 'article', 'repo_copy'] as const;
export type SourceQuality = (typeof QUALITIES)[number];

/** Limits of what may be written down, for forms and files alike. */
export const MOST = {
  ...{ name: 100, region: 100, source: 300, conditions: 5000, extras: 20, extra: 200 },
  ...{ kopecks: 100_000_000n, minutes: 1_000_000n, megabytes: 100_000_000n, sms: 1_000_000n },
} as const;

/** What one version of a tariff says. Null is «not known». */
export interface TariffTerms {
  name: string;
  audience: Audience;
  /** A corporate tariff that persons may have too. */
  forPersons: boolean;
  region: string | null;
  priceKopecks: bigint | null;
  period: Period;
  connectionFeeKopecks: bigint | null;
  minutesKind: AllowanceKind;
  minutes: number | null;
  trafficKind: AllowanceKind;
  /** Thousandths of the gigabyte that the operator names. */
  trafficMegabytes: number | null;
  smsKind: AllowanceKind;
  sms: number | null;
  extras: string[];
  conditions: string | null;
  /** `2026-12-31`: new customers may take it through this day of the programme. */
  lastDay: string | null;
  source: string | null;
  sourceYear: number | null;
  sourceQuality: SourceQuality | null;
}

/** A tariff of which nothing was said yet. */
export const SAID_BY_NOBODY: TariffTerms = {
  ...{ name: '', audience: 'phone', forPersons: false, region: null, priceKopecks: null, period: 'month' },
  ...{ connectionFeeKopecks: null, minutesKind: 'unknown', minutes: null, trafficKind: 'unknown' },
  ...{ trafficMegabytes: null, smsKind: 'unknown', sms: null, extras: [], conditions: null, lastDay: null },
  ...{ source: null, sourceYear: null, sourceQuality: null },
};

/** Where each field stands in the table `tariff_version`. */
export const TERM_COLUMNS = {
  ...{ name: 'name', audience: 'audience', forPersons: 'for_persons', region: 'region' },
  ...{ priceKopecks: 'price_kopecks', period: 'period', connectionFeeKopecks: 'connection_fee_kopecks' },
  ...{ minutesKind: 'minutes_kind', minutes: 'minutes' },
  ...{ trafficKind: 'traffic_kind', trafficMegabytes: 'traffic_megabytes', smsKind: 'sms_kind', sms: 'sms' },
  ...{ extras: 'extras', conditions: 'conditions', lastDay: 'last_day' },
  ...{ source: 'source', sourceYear: 'source_year', sourceQuality: 'source_quality' },
} as const satisfies Record<keyof TariffTerms, string>;

/** Only what the terms are, of a row that says more. */
export function termsOf(row: TariffTerms): TariffTerms {
  const fields = Object.keys(TERM_COLUMNS) as (keyof TariffTerms)[];
  return Object.fromEntries(fields.map((field) => [field, row[field]])) as unknown as TariffTerms;
}

/** One a line or between semicolons; as a list of at most twenty. */
export function readExtras(text: string): string[] {
  return text
    .split(/[;\n\r]+/)
    .map((line) => line.trim().replace(/\s+/gu, ' '))
    .filter((line) => line !== '');
}
