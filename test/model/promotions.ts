/** Promotions once more, as plainly as the programme beside them: what each rule gives, line by line. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOSCOW = 3 * HOUR;

export type Category = 'fuel' | 'goods' | 'food' | 'services' | 'tobacco';

export type PromotionState = 'published' | 'paused' | 'ended';

export interface ModelPromotion {
  id: string;
  code: string;
  /** What it became when: a change counts from the minute it was made in. */
  states: { state: PromotionState; since: number }[];
  says: Says;
  /** Days since 1970 by Moscow's clock, both included. */
  firstDay: number;
  lastDay: number;
}

/** What staff fill in. Amounts in kopecks and hundredths of a point, `value` in hundredths of its kind's unit. */
export interface Says {
  kind: 'multiplier' | 'percent' | 'fixed';
  value: number;
  /** Days from its publication on. */
  begins: number;
  lasts: number;
  /** 1 is Monday; none means any. */
  weekdays: number[];
  /** From the first hour on, before the other; over midnight where that is the smaller one. */
  hours: [number, number] | null;
  /** The only till where it counts. */
  till: number | null;
  categories: Category[];
  minPaid: number | null;
  firstPurchase: boolean;
  caps: { receipt: number | null; day: number | null; all: number | null };
  exclusive: boolean;
  priority: number;
}

/** What a promotion gave on an account on a day. */
export interface Use {
  code: string;
  day: number;
  points: number;
}

export interface Occasion {
  at: number;
  till: number;
  newcomer: boolean;
  uses: Use[];
}

/** Points of one rule on one line. */
export interface Given {
  code: string;
  points: number;
}

/** What each line earns by which rule; `paid` is what of each line was paid with money and may earn. */
export function earnedBy(
  lines: { category: Category }[],
  paid: number[],
  occasion: Occasion,
  promotions: ModelPromotion[],
): Given[][] {
  const given: Given[][] = lines.map(() => []);
  const give = (code: string, points: number, weights: number[]): void => {
    share(points, weights).forEach((part, index) => part > 0 && given[index]!.push({ code, points: part }));
  };
  give('base', Math.floor(total(paid) / 100), paid);
  let settled = false;
  for (const promotion of inOrder(promotions)) {
    const { says, code } = promotion;
    if (!counts(promotion, occasion) || (says.exclusive && settled)) continue;
    const covered =
      says.categories.length === 0 ? lines : lines.filter((line) => says.categories.includes(line.category));
    const own = paid.map((sum, index) => (covered.includes(lines[index]!) ? sum : 0));
    const points = Math.min(worth(says, total(own)), left(promotion, occasion));
    give(code, points, own);
    settled ||= says.exclusive && points > 0;
  }
  return given;
}

/** The highest priority first, then the older. */
function inOrder(promotions: ModelPromotion[]): ModelPromotion[] {
  return promotions
    .map((promotion, age) => ({ promotion, age }))
    .sort((a, b) => b.promotion.says.priority - a.promotion.says.priority || a.age - b.age)
    .map(({ promotion }) => promotion);
}

/** What it was at a moment; a receipt that comes late is judged by its own time. */
export function stateAt({ states }: ModelPromotion, at: number): PromotionState | null {
  return states.findLast(({ since }) => since <= at)?.state ?? null;
}

export function become(promotion: ModelPromotion, state: PromotionState, now: number): void {
  promotion.states.push({ state, since: now - (now % MINUTE) });
}

function counts(promotion: ModelPromotion, { at, till, newcomer }: Occasion): boolean {
  const { says, firstDay, lastDay } = promotion;
  const hour = Math.floor(((at + MOSCOW) % DAY) / HOUR);
  const [from, to] = says.hours ?? [0, 24];
  // The small hours belong to the night that began the day before.
  const day = dayOf(at) - (from > to && hour < to ? 1 : 0);
  // 1 January 1970 was a Thursday.
  const weekday = ((day + 3) % 7) + 1;
  return (
    stateAt(promotion, at) === 'published' &&
    day >= firstDay &&
    day <= lastDay &&
    (says.weekdays.length === 0 || says.weekdays.includes(weekday)) &&
    (from < to ? hour >= from && hour < to : hour >= from || hour < to) &&
    (says.till === null || says.till === till) &&
    (!says.firstPurchase || newcomer)
  );
}

function worth({ kind, value, minPaid }: Says, paid: number): number {
  if (paid === 0 || paid < (minPaid ?? 0)) return 0;
  if (kind === 'fixed') return value;
  // The base rule gives one point of a hundred.
  const [part, whole] = kind === 'percent' ? [value, 10_000] : [value - 100, 10_000];
  return Math.floor((paid * part) / whole);
}

function left({ code, says: { caps } }: ModelPromotion, { at, uses }: Occasion): number {
  const own = uses.filter((use) => use.code === code);
  const inAll = total(own.map(({ points }) => points));
  const onDay = total(own.filter(({ day }) => day === dayOf(at)).map(({ points }) => points));
  const rooms = [caps.receipt ?? Infinity, (caps.day ?? Infinity) - onDay, (caps.all ?? Infinity) - inAll];
  return Math.max(0, Math.min(...rooms));
}

/** What it gave, to be counted towards its caps. */
export function usesOf(given: Given[][], at: number): Use[] {
  return given
    .flat()
    .filter(({ code }) => code !== 'base')
    .map(({ code, points }) => ({ code, points, day: dayOf(at) }));
}

export function dayOf(moment: number): number {
  return Math.floor((moment + MOSCOW) / DAY);
}

/** Largest remainder, unit by unit: each unit goes to whoever lacks most of their fair part. */
export function share(whole: number, weights: number[]): number[] {
  const sum = BigInt(total(weights));
  if (sum === 0n) return weights.map(() => 0);
  const fair = weights.map((weight) => BigInt(whole) * BigInt(weight));
  const parts = fair.map((exact) => exact / sum);
  for (let units = BigInt(whole) - parts.reduce((a, b) => a + b, 0n); units > 0n; units--) {
    let neediest = 0;
    fair.forEach((exact, index) => {
      if (exact - parts[index]! * sum > fair[neediest]! - parts[neediest]! * sum) neediest = index;
    });
    parts[neediest]! += 1n;
  }
  return parts.map(Number);
}

export function total(amounts: number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
