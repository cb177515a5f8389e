import { DateTime } from 'luxon';
import type { Category } from '../../stations/category.js';
import { baseRule } from '../earning-rule.js';
import { priceReceipt } from '../pricing.js';
import { localMoment } from './local-moment.js';
import { type Buyer, type EarningTerms, PromotionRule } from './promotion-rule.js';
import type { PromotionTerms } from './promotion-terms.js';

/** What a receipt that the promotion is made for would earn. */
export interface PromotionExample {
  paidKopecks: bigint;
  category: Category;
  at: Date;
  baseHundredths: bigint;
  promotionHundredths: bigint;
}

const USUAL_KOPECKS = 200_000n;
const NOON = 12 * 60;
const DAYS_AHEAD = 8;

/** Judged by the engine itself; null where no receipt of the coming week, or of the promotion's first, would do. */
export function exampleOf(
  terms: PromotionTerms,
  earning: EarningTerms,
  { now, zone }: { now: Date; zone: string },
): PromotionExample | null {
  const rule = new PromotionRule({ id: '', number: 0, terms }, earning);
  const at = momentsFor(terms, now, zone).find((moment) => {
    const local = localMoment(moment, zone);
    return rule.suits({ stationId: stationFor(terms), moment: local, buyer: buyerFor(terms, local.day) });
  });
  if (!at) return null;
  const least = BigInt(terms.minPaidKopecks ?? 0);
  const paidKopecks = least > USUAL_KOPECKS ? least : USUAL_KOPECKS;
  const category = terms.categories[0] ?? 'fuel';
  const facts = { occurredAt: at, stationId: stationFor(terms), customerId: null };
  const earned = (rules: Parameters<typeof priceReceipt>[2]): bigint =>
    priceReceipt([{ category, sumKopecks: paidKopecks }], 0n, rules, facts).earnedHundredths;
  return {
    ...{ paidKopecks, category, at },
    baseHundredths: earned([baseRule(earning)]),
    promotionHundredths: earned([rule.ruleFor({ onDayHundredths: 0n, inAllHundredths: 0n })]),
  };
}

/** Noon where the hours allow it, else their beginning; today and the days after, or from the first day on. */
function momentsFor({ firstDay, fromTime, toTime }: PromotionTerms, now: Date, zone: string): Date[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const first = firstDay === null ? today : DateTime.max(today, DateTime.fromISO(firstDay, { zone }));
  const [hour = 0, minute = 0] = (fromTime ?? '00:00').split(':').map(Number);
  const times = fromTime === null && toTime === null ? [NOON] : [NOON, hour * 60 + minute];
  return Array.from({ length: DAYS_AHEAD }, (_, days) => first.plus({ days })).flatMap((day) =>
    times.map((time) => day.set({ hour: Math.floor(time / 60), minute: time % 60 }).toJSDate()),
  );
}

function stationFor({ stationChoice, stationIds }: PromotionTerms): string {
  return stationChoice === 'only' ? (stationIds[0] ?? '') : '';
}

function buyerFor({ segmentId }: PromotionTerms, day: string): Buyer {
  return { birthDate: day, segments: new Set(segmentId === null ? [] : [segmentId]), firstPurchase: true };
}
