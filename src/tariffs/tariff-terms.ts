export const AUDIENCES = ['phone', 'tablet', 'modem', 'corporate'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** How much of something is in the price. What nobody knows is `unknown`, which is neither nothing nor without limit. */
export const ALLOWANCES = ['amount', 'unlimited', 'none', 'unknown'] as const;
export type AllowanceKind = (typeof ALLOWANCES)[number];

export const QUALITIES = ['official', 'dealer', 'article', 'repo_copy'] as const;
export type SourceQuality = (typeof QUALITIES)[number];

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
