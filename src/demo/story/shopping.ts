import { DateTime } from 'luxon';
import type { ReceiptLine, Redeem } from '../../loyalty/receipt.js';
import type { Chance } from './chance.js';
import type { GoodSeed, Habits } from './seeds.js';

/** What somebody bought, and how many points they wanted to spend on it. */
export interface Basket {
  at: Date;
  lines: ReceiptLine[];
  redeem: Redeem;
}

export interface Span {
  from: Date;
  until: Date;
  /** The time zone people live in. */
  zone: string;
}

/** Prices grew by so much in a year. */
const INFLATION = 0.08;
const TREAT_HUNDREDTHS = 3_000n;
const TREAT_EVERY_DAYS = 90;
const SAVING_DAYS = 21;
const REDEEMING = { never: 0, rarely: 0, sometimes: 0.06, often: 0.12 };

/** Half a year and more of somebody's receipts: petrol every few days, coffee on working mornings. In no order. */
export class Shopping {
  constructor(
    private readonly goods: readonly GoodSeed[],
    private readonly chance: Chance,
  ) {}

  basketsOf(habits: Habits, span: Span): Basket[] {
    if (habits.fuel === null) return [];
    return [...this.fillings(habits, span), ...this.coffees(habits, span)];
  }

  private fillings(habits: Habits, span: Span): Basket[] {
    const baskets: Basket[] = [];
    const { everyDays } = habits;
    let treatAfter = daysAfter(span.from, TREAT_EVERY_DAYS * 0.7);
    for (
      let day = firstDay(span);
      day.start < span.until;
      day = later(day, this.chance.between(everyDays - 2, everyDays + 2))
    ) {
      const at = this.timeOf(day, 7, 22);
      if (!within(at, span)) continue;
      let redeem = this.redeem(habits, at, span);
      if (habits.redeems === 'rarely' && at > treatAfter) {
        redeem = TREAT_HUNDREDTHS;
        treatAfter = daysAfter(at, TREAT_EVERY_DAYS);
      }
      baskets.push({ at, lines: this.fill(habits, daysBetween(at, span.until)), redeem });
    }
    return baskets;
  }

  private coffees(habits: Habits, span: Span): Basket[] {
    const baskets: Basket[] = [];
    for (let day = firstDay(span); day.start < span.until; day = later(day, 1)) {
      if (day.weekday > 5 || !this.chance.happens(habits.coffeesAWeek / 5)) continue;
      const at = this.timeOf(day, 7, 10);
      if (!within(at, span)) continue;
      const age = daysBetween(at, span.until);
      const snack = this.chance.happens(0.35) ? [this.piece('snack', age)] : [];
      const smoke = habits.smokes && this.chance.happens(0.3) ? [this.piece('tobacco', age)] : [];
      baskets.push({ at, lines: [this.piece('coffee', age), ...snack, ...smoke], redeem: 0n });
    }
    return baskets;
  }

  private fill(habits: Habits, age: number): ReceiptLine[] {
    const fuel = this.goods.find(({ sku }) => sku === habits.fuel);
    if (!fuel) throw new Error(`seeds/goods.csv has no ${habits.fuel}`);
    // Some say litres, some fill up: whole litres, or hundredths of one.
    const litres = habits.litres * (0.6 + 0.4 * this.chance.throw());
    const thousandths = this.chance.happens(0.4) ? Math.round(litres / 5) * 5000 : Math.round(litres * 100) * 10;
    const lines = [lineOf(fuel, BigInt(thousandths), age)];
    if (this.chance.happens(0.25)) lines.push(this.piece(this.chance.happens(0.5) ? 'road' : 'coffee', age));
    if (habits.smokes && this.chance.happens(0.4)) lines.push(this.piece('tobacco', age));
    return lines;
  }

  private piece(when: GoodSeed['when'], age: number): ReceiptLine {
    return lineOf(this.chance.pick(this.goods.filter((good) => good.when === when)), 1000n, age);
  }

  private redeem({ redeems }: Habits, at: Date, { from }: Span): Redeem {
    const saved = daysBetween(from, at) > SAVING_DAYS;
    return saved && this.chance.happens(REDEEMING[redeems]) ? 'max' : 0n;
  }

  private timeOf({ start }: Day, earliestHour: number, latestHour: number): Date {
    return new Date(start.getTime() + this.chance.between(earliestHour * 3600, latestHour * 3600) * 1000);
  }
}

function lineOf(
  { sku, category, name, priceKopecks }: GoodSeed,
  quantityThousandths: bigint,
  age: number,
): ReceiptLine {
  // Prices end in ten kopecks.
  const price = BigInt(Math.round((Number(priceKopecks) * (1 - (INFLATION * age) / 365)) / 10) * 10);
  const sumKopecks = (price * quantityThousandths + 500n) / 1000n;
  return { category, sumKopecks, sku, name, priceKopecks: price, quantityThousandths };
}

function within(at: Date, { from, until }: Span): boolean {
  return at > from && at < until;
}

/** A day of the story: from its midnight on. */
interface Day {
  start: Date;
  /** Monday is 1. */
  weekday: number;
}

const DAY_MS = 86_400_000;

function firstDay({ from, zone }: Span): Day {
  const midnight = DateTime.fromJSDate(from, { zone }).startOf('day');
  return { start: midnight.toJSDate(), weekday: midnight.weekday };
}

/** Counted in whole days: an hour more or less where clocks are changed does not matter to anybody's coffee. */
function later({ start, weekday }: Day, days: number): Day {
  return { start: daysAfter(start, days), weekday: ((weekday - 1 + days) % 7) + 1 };
}

function daysBetween(from: Date, until: Date): number {
  return (until.getTime() - from.getTime()) / DAY_MS;
}

function daysAfter(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY_MS);
}
