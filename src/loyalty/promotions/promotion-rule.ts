import type { Programme } from '../../infra/config/config.js';
import type { EarningRule } from '../earning-rule.js';
import { isRegulated, type ReceiptLine } from '../receipt.js';
import { dayBefore, type LocalMoment, minuteOf, nearBirthday } from './local-moment.js';
import { crossesMidnight, type Promotion, promotionCode, type PromotionTerms } from './promotion-terms.js';

/** What promotions may ask about whoever buys; only what the active ones need is known. */
export interface Buyer {
  birthDate: string | null;
  /** `2027-11-22`: from when on a changed birth date counts; null where it always did. */
  birthDateFrom?: string | null;
  segments: ReadonlySet<string>;
  firstPurchase: boolean;
}

export const STRANGER: Buyer = { birthDate: null, segments: new Set(), firstPurchase: false };

/** A purchase as promotions see it. */
export interface Occasion {
  stationId: string;
  moment: LocalMoment;
  buyer: Buyer;
}

/** Points a promotion gave this customer before, hundredths. */
export interface Used {
  onDayHundredths: bigint;
  inAllHundredths: bigint;
  /** Days between the purchase and the last one it gave something for; null where there was none. */
  daysSinceLast?: number | null;
}

const DAYS_BETWEEN_BIRTHDAYS = 365;

export type EarningTerms = Pick<Programme, 'earnBasisPoints' | 'regulatedEarns'>;

/** A promotion made ready for judging purchases: pure, shared by tills, previews and examples. */
export class PromotionRule {
  readonly id: string;
  readonly terms: PromotionTerms;
  readonly code: string;
  private readonly applies: ((occasion: Occasion) => boolean)[];
  private readonly coversLine: (line: ReceiptLine) => boolean;

  constructor(
    { id, number, terms }: Promotion,
    private readonly earning: EarningTerms,
  ) {
    this.id = id;
    this.terms = terms;
    this.code = promotionCode(number);
    this.applies = conditionsOf(terms);
    const categories = new Set(terms.categories);
    this.coversLine = (line) =>
      (earning.regulatedEarns || !isRegulated(line)) && (categories.size === 0 || categories.has(line.category));
  }

  /** Whether what it gave a customer before counts. */
  get isRationed(): boolean {
    const { dayCapHundredths, totalCapHundredths, birthdayDays } = this.terms;
    return dayCapHundredths !== null || totalCapHundredths !== null || birthdayDays !== null;
  }

  /** Everything but the lines and their sum. */
  suits(occasion: Occasion): boolean {
    return this.applies.every((condition) => condition(occasion));
  }

  /** The rule for one purchase; a cap that is almost used up gives what is left. */
  ruleFor(used: Used): EarningRule {
    const most = this.leftHundredths(used);
    const { title, titleEn, exclusive } = this.terms;
    return {
      ...{ code: this.code, title, ...(titleEn && { titleEn }), exclusive },
      covers: this.coversLine,
      pointsHundredths: (paidKopecks) => {
        const points = this.pointsHundredths(paidKopecks);
        return most !== null && points > most ? most : points;
      },
    };
  }

  /** One for birthdays gives once a birthday: two of the same date are a year apart, less the days around them. */
  private gaveThisYear(daysSinceLast: number | null): boolean {
    const { birthdayDays } = this.terms;
    return birthdayDays !== null && daysSinceLast !== null && daysSinceLast < DAYS_BETWEEN_BIRTHDAYS - 2 * birthdayDays;
  }

  private pointsHundredths(paidKopecks: bigint): bigint {
    const { kind, value, minPaidKopecks } = this.terms;
    if (paidKopecks === 0n || paidKopecks < BigInt(minPaidKopecks ?? 0)) return 0n;
    switch (kind) {
      case 'multiplier':
        return (paidKopecks * BigInt(this.earning.earnBasisPoints) * BigInt(value - 100)) / 1_000_000n;
      case 'percent':
        return (paidKopecks * BigInt(value)) / 10_000n;
      case 'fixed':
        return BigInt(value);
    }
  }

  private leftHundredths({ onDayHundredths, inAllHundredths, daysSinceLast }: Used): bigint | null {
    if (this.gaveThisYear(daysSinceLast ?? null)) return 0n;
    const { receiptCapHundredths, dayCapHundredths, totalCapHundredths } = this.terms;
    const left = [
      leftOf(receiptCapHundredths, 0n),
      leftOf(dayCapHundredths, onDayHundredths),
      leftOf(totalCapHundredths, inAllHundredths),
    ].filter((most) => most !== null);
    return left.length === 0 ? null : left.reduce((least, most) => (most < least ? most : least));
  }
}

/** The exclusive ones first, the highest priority before the others; among equals the older one. */
export function byPriority(one: PromotionRule, other: PromotionRule): number {
  return other.terms.priority - one.terms.priority || (one.id < other.id ? -1 : 1);
}

function leftOf(cap: number | null, used: bigint): bigint | null {
  if (cap === null) return null;
  const left = BigInt(cap) - used;
  return left > 0n ? left : 0n;
}

/** Only the conditions that were set are asked. */
function conditionsOf(terms: PromotionTerms): ((occasion: Occasion) => boolean)[] {
  const { firstDay, lastDay, weekdays, stationChoice, segmentId, birthdayDays, firstPurchase } = terms;
  const conditions: ((occasion: Occasion) => boolean)[] = [];
  const dayOf = crossesMidnight(terms) ? nightOf(terms) : (moment: LocalMoment) => moment;
  if (firstDay !== null) conditions.push(({ moment }) => dayOf(moment).day >= firstDay);
  if (lastDay !== null) conditions.push(({ moment }) => dayOf(moment).day <= lastDay);
  if (weekdays.length > 0) conditions.push(({ moment }) => weekdays.includes(dayOf(moment).weekday));
  if (terms.fromTime !== null || terms.toTime !== null) conditions.push(duringHours(terms));
  if (stationChoice !== 'all') {
    const chosen = new Set(terms.stationIds);
    conditions.push(({ stationId }) => chosen.has(stationId) === (stationChoice === 'only'));
  }
  if (segmentId !== null) conditions.push(({ buyer }) => buyer.segments.has(segmentId));
  if (birthdayDays !== null) {
    conditions.push(
      ({ buyer: { birthDate, birthDateFrom }, moment: { day } }) =>
        birthDate !== null && day >= (birthDateFrom ?? '') && nearBirthday(day, birthDate, birthdayDays),
    );
  }
  if (firstPurchase) conditions.push(({ buyer }) => buyer.firstPurchase);
  return conditions;
}

/** Hours over midnight belong to the day on which they begin: Friday's from 22:00 to 02:00 end on Saturday. */
function nightOf({ toTime }: PromotionTerms): (moment: LocalMoment) => LocalMoment {
  const to = minuteOf(toTime ?? '24:00');
  return (moment) => (moment.minute < to ? { ...dayBefore(moment), minute: moment.minute } : moment);
}

function duringHours({ fromTime, toTime }: PromotionTerms): (occasion: Occasion) => boolean {
  const from = minuteOf(fromTime ?? '00:00');
  const to = minuteOf(toTime ?? '24:00');
  return from <= to
    ? ({ moment: { minute } }) => minute >= from && minute < to
    : ({ moment: { minute } }) => minute >= from || minute < to;
}
