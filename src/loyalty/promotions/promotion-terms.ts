import type { Category } from '../../stations/category.js';

export const PROMOTION_KINDS = ['multiplier', 'percent', 'fixed'] as const;
export type PromotionKind = (typeof PROMOTION_KINDS)[number];

export const STATION_CHOICES = ['all', 'only', 'except'] as const;
export type StationChoice = (typeof STATION_CHOICES)[number];

/**
 * What a promotion says, as it is kept (JSON) and edited. Amounts are whole minor units well below 2^53; days and hours
 * are the station's own.
 */
export interface PromotionTerms {
  /** For the customer, in Russian: it stands on every receipt that earned by it. */
  title: string;
  titleEn: string | null;
  /** A sentence or two for the cabinet. */
  text: string | null;
  textEn: string | null;
  kind: PromotionKind;
  /** Hundredths: of the multiplier (200 is ×2), of a percent (500 is +5 %), of a point (5000 is 50 points). */
  value: number;
  /** `2026-11-22`, both days included. */
  firstDay: string | null;
  lastDay: string | null;
  /** 1 is Monday; none means any. */
  weekdays: number[];
  /** `18:00`; from `fromTime` on, before `toTime`; over midnight where it is the later one: the night is its first day's. */
  fromTime: string | null;
  toTime: string | null;
  stationChoice: StationChoice;
  stationIds: string[];
  /** None means any. */
  categories: Category[];
  /** The least Σ(sum − discount) of the lines it covers. */
  minPaidKopecks: number | null;
  segmentId: string | null;
  /** So many days before and after the birthday; 0 is the day itself. */
  birthdayDays: number | null;
  firstPurchase: boolean;
  receiptCapHundredths: number | null;
  dayCapHundredths: number | null;
  totalCapHundredths: number | null;
  /** Of the exclusive ones that would give something the one with the highest priority counts; the others add up. */
  exclusive: boolean;
  priority: number;
}

/** Whether its hours end on the day after the one on which they begin; its days are then those of the beginning. */
export function crossesMidnight({ fromTime, toTime }: Pick<PromotionTerms, 'fromTime' | 'toTime'>): boolean {
  return fromTime !== null && toTime !== null && fromTime > toTime;
}

export interface Promotion {
  id: string;
  number: number;
  terms: PromotionTerms;
}

/** Stable, for lines and reports. */
export function promotionCode(number: number): string {
  return `promo-${number}`;
}

/** Always and for everybody: where a form or a test starts from. */
export const PLAIN_TERMS: PromotionTerms = {
  ...{ title: '', titleEn: null, text: null, textEn: null, kind: 'multiplier', value: 200 },
  ...{ firstDay: null, lastDay: null, weekdays: [], fromTime: null, toTime: null },
  ...{ stationChoice: 'all', stationIds: [], categories: [], minPaidKopecks: null },
  ...{ segmentId: null, birthdayDays: null, firstPurchase: false },
  ...{ receiptCapHundredths: null, dayCapHundredths: null, totalCapHundredths: null },
  ...{ exclusive: false, priority: 0 },
};
