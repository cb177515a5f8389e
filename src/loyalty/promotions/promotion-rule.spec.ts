import fc from 'fast-check';
import { categories } from '../../stations/category.js';
import { baseRule } from '../earning-rule.js';
import { type PricedReceipt, priceReceipt, redeemLimit } from '../pricing.js';
import type { ReceiptLine } from '../receipt.js';
import { localMoment } from './local-moment.js';
import { type Buyer, byPriority, PromotionRule, STRANGER, type Used } from './promotion-rule.js';
import { PLAIN_TERMS, type PromotionTerms } from './promotion-terms.js';

const earning = { earnBasisPoints: 100, regulatedEarns: false };
const NOTHING: Used = { onDayHundredths: 0n, inAllHundredths: 0n };
/** A Sunday noon in Moscow. */
const SUNDAY = '2026-11-22T12:00:00+03:00';

let count = 0;
function rule(terms: Partial<PromotionTerms>, settings = earning): PromotionRule {
  const number = ++count;
  const id = `0190a1b2-0000-7000-8000-${String(number).padStart(12, '0')}`;
  return new PromotionRule({ id, number, terms: { ...PLAIN_TERMS, title: `Акция ${number}`, ...terms } }, settings);
}

function suits(
  terms: Partial<PromotionTerms>,
  at = SUNDAY,
  buyer: Partial<Buyer> = {},
  zone = 'Europe/Moscow',
): boolean {
  const moment = localMoment(new Date(at), zone);
  return rule(terms).suits({ stationId: 'here', moment, buyer: { ...STRANGER, ...buyer } });
}

const line = (category: ReceiptLine['category'], rubles: number): ReceiptLine => ({
  category,
  sumKopecks: BigInt(Math.round(rubles * 100)),
});

function price(rules: readonly PromotionRule[], lines: ReceiptLine[], used = NOTHING, redeemed = 0n): PricedReceipt {
  const facts = { occurredAt: new Date(SUNDAY), stationId: 'here', customerId: null };
  const ready = [...rules].sort(byPriority).map((one) => one.ruleFor(used));
  return priceReceipt(lines, redeemed, [baseRule(earning), ...ready], facts);
}

/** What promotions alone gave, hundredths. */
function given(rules: readonly PromotionRule[], lines: ReceiptLine[], used = NOTHING, redeemed = 0n): bigint {
  return price(rules, lines, used, redeemed)
    .lines.flatMap((one) => one.rules)
    .reduce((sum, { code, pointsHundredths }) => (code === 'base' ? sum : sum + pointsHundredths), 0n);
}

describe('what a promotion gives', () => {
  it.each<[string, Partial<PromotionTerms>, ReceiptLine[], bigint]>([
    ['×2 gives the base points once more', { value: 200 }, [line('fuel', 2000)], 2000n],
    ['×3 twice more', { value: 300 }, [line('fuel', 2000)], 4000n],
    ['×1.5 half as much', { value: 150 }, [line('fuel', 199.99)], 99n],
    ['5 % of what its lines cost', { kind: 'percent', value: 500 }, [line('food', 319)], 1595n],
    ['50 points a receipt', { kind: 'fixed', value: 5000 }, [line('goods', 59)], 5000n],
    ['only on its categories', { value: 200, categories: ['food'] }, [line('fuel', 2000), line('food', 300)], 300n],
    ['nothing without its categories', { kind: 'fixed', value: 5000, categories: ['food'] }, [line('fuel', 2000)], 0n],
    ['nothing for regulated goods', { kind: 'percent', value: 1000 }, [line('tobacco', 180)], 0n],
    ['nothing for an empty receipt', { kind: 'fixed', value: 5000 }, [line('fuel', 0)], 0n],
    ['nothing below the minimum', { kind: 'fixed', value: 100, minPaidKopecks: 100_000 }, [line('fuel', 999.99)], 0n],
    ['all from the minimum on', { kind: 'fixed', value: 100, minPaidKopecks: 100_000 }, [line('fuel', 1000)], 100n],
    [
      'the minimum counts covered lines only',
      { minPaidKopecks: 100_000, categories: ['fuel'] },
      [line('fuel', 900), line('food', 500)],
      0n,
    ],
    ['rounded down once per receipt', { value: 200 }, [line('fuel', 1.99), line('food', 1.99)], 3n],
    ['no more than its cap', { value: 300, receiptCapHundredths: 1500 }, [line('fuel', 2000)], 1500n],
  ])('%s', (_, terms, lines, points) => {
    expect(given([rule(terms)], lines)).toBe(points);
  });

  it('is computed on what is paid, after the discount', () => {
    // 2000 − 500 paid with points: 1 % of 1500 once more.
    expect(given([rule({ value: 200 })], [line('fuel', 2000)], NOTHING, 50_000n)).toBe(1500n);
    expect(given([rule({ minPaidKopecks: 150_001 })], [line('fuel', 2000)], NOTHING, 50_000n)).toBe(0n);
  });

  it('covers regulated goods where the programme says so', () => {
    expect(given([rule({ value: 200 }, { ...earning, regulatedEarns: true })], [line('tobacco', 180)])).toBe(180n);
  });

  it('says on every line which rule made its points', () => {
    const priced = price(
      [rule({ title: 'Кофе', titleEn: 'Coffee', kind: 'percent', value: 500, categories: ['food'] })],
      [line('fuel', 1000), line('food', 200)],
    );
    expect(priced.earnedHundredths).toBe(2200n);
    expect(priced.lines[0]!.rules.map(({ code }) => code)).toEqual(['base']);
    expect(priced.lines[1]!.rules).toEqual([
      { code: 'base', title: '1 % от покупки', pointsHundredths: 200n },
      { code: expect.stringMatching(/^promo-\d+$/), title: 'Кофе', titleEn: 'Coffee', pointsHundredths: 1000n },
    ]);
  });
});

describe('a promotion for birthdays', () => {
  const terms = { kind: 'fixed', value: 5000, birthdayDays: 3 } as const;
  it.each([
    [null, 5000n],
    [0, 0n],
    [6, 0n],
    [358, 0n],
    // From the last day of one birthday's span to the first of the next.
    [359, 5000n],
  ])('that gave something %s days ago', (daysSinceLast, points) => {
    expect(given([rule(terms)], [line('fuel', 100)], { ...NOTHING, daysSinceLast })).toBe(points);
  });
});

describe('caps', () => {
  const terms = { kind: 'fixed', value: 5000, dayCapHundredths: 8000, totalCapHundredths: 20_000 } as const;
  it.each([
    [0n, 0n, 5000n],
    [5000n, 5000n, 3000n],
    [8000n, 8000n, 0n],
    [9000n, 9000n, 0n],
    [0n, 17_500n, 2500n],
    [0n, 20_000n, 0n],
  ])('with %s given today and %s in all leave %s', (onDayHundredths, inAllHundredths, points) => {
    expect(given([rule(terms)], [line('fuel', 100)], { onDayHundredths, inAllHundredths })).toBe(points);
  });
});

describe('stacking', () => {
  const lines = [line('fuel', 2000)];
  it('adds up', () => {
    expect(given([rule({ value: 200 }), rule({ kind: 'fixed', value: 1000 })], lines)).toBe(3000n);
  });

  it('lets of the exclusive ones the highest priority win, beside all that stack', () => {
    const low = rule({ exclusive: true, priority: 1, kind: 'fixed', value: 9000 });
    const high = rule({ exclusive: true, priority: 5, value: 200 });
    expect(given([low, high], lines)).toBe(2000n);
    expect(given([low, high, rule({ kind: 'fixed', value: 700 })], lines)).toBe(2700n);
  });

  it('passes an exclusive one by that gives nothing here', () => {
    const low = rule({ exclusive: true, priority: 1, value: 200 });
    const high = rule({ exclusive: true, priority: 5, value: 300, categories: ['food'] });
    const dear = rule({ exclusive: true, priority: 9, value: 300, minPaidKopecks: 500_000 });
    expect(given([dear, high, low], lines)).toBe(2000n);
  });

  it('lets the older one win among equals', () => {
    const [older, newer] = [rule({ exclusive: true, value: 300 }), rule({ exclusive: true, value: 200 })];
    expect(given([newer, older], lines)).toBe(4000n);
  });
});

describe('when a promotion applies', () => {
  it.each<[boolean, Partial<PromotionTerms>, string]>([
    [true, {}, SUNDAY],
    [true, { firstDay: '2026-11-22', lastDay: '2026-11-22' }, '2026-11-22T00:00:00+03:00'],
    [true, { firstDay: '2026-11-22', lastDay: '2026-11-22' }, '2026-11-22T23:59:59+03:00'],
    [false, { lastDay: '2026-11-22' }, '2026-11-23T00:00:00+03:00'],
    [false, { firstDay: '2026-11-22' }, '2026-11-21T23:59:59+03:00'],
    [true, { weekdays: [6, 7] }, SUNDAY],
    [false, { weekdays: [1, 2, 3, 4, 5] }, SUNDAY],
    [true, { fromTime: '12:00', toTime: '14:00' }, SUNDAY],
    [false, { fromTime: '10:00', toTime: '12:00' }, SUNDAY],
    [true, { fromTime: '22:00', toTime: '06:00' }, '2026-11-22T23:00:00+03:00'],
    [true, { fromTime: '22:00', toTime: '06:00' }, '2026-11-22T05:59:00+03:00'],
    [false, { fromTime: '22:00', toTime: '06:00' }, '2026-11-22T06:00:00+03:00'],
    [true, { fromTime: '20:00' }, '2026-11-22T23:59:00+03:00'],
    // Friday's night: 20 November 2026 is a Friday.
    [true, { weekdays: [5], fromTime: '22:00', toTime: '02:00' }, '2026-11-20T22:00:00+03:00'],
    [true, { weekdays: [5], fromTime: '22:00', toTime: '02:00' }, '2026-11-21T01:59:00+03:00'],
    [false, { weekdays: [5], fromTime: '22:00', toTime: '02:00' }, '2026-11-21T02:00:00+03:00'],
    [false, { weekdays: [5], fromTime: '22:00', toTime: '02:00' }, '2026-11-20T01:00:00+03:00'],
    [false, { weekdays: [5], fromTime: '22:00', toTime: '02:00' }, '2026-11-21T22:00:00+03:00'],
    [true, { weekdays: [7], fromTime: '22:00', toTime: '02:00' }, '2026-11-23T01:00:00+03:00'],
    [true, { lastDay: '2026-11-20', fromTime: '22:00', toTime: '02:00' }, '2026-11-21T01:59:00+03:00'],
    [false, { firstDay: '2026-11-20', fromTime: '22:00', toTime: '02:00' }, '2026-11-20T01:59:00+03:00'],
    [true, { stationChoice: 'only', stationIds: ['here', 'there'] }, SUNDAY],
    [false, { stationChoice: 'only', stationIds: ['there'] }, SUNDAY],
    [false, { stationChoice: 'except', stationIds: ['here'] }, SUNDAY],
    [true, { stationChoice: 'except', stationIds: ['there'] }, SUNDAY],
  ])('%s: %j at %s', (expected, terms, at) => {
    expect(suits(terms, at)).toBe(expected);
  });

  it('goes by the station’s own clock', () => {
    const terms = { weekdays: [1], fromTime: '00:00', toTime: '03:00' };
    expect(suits(terms, '2026-11-22T22:00:00+03:00', {}, 'Asia/Yekaterinburg')).toBe(true);
    expect(suits(terms, '2026-11-22T22:00:00+03:00')).toBe(false);
  });

  it.each([
    [0, '1990-11-22', true],
    [0, '1990-11-23', false],
    [3, '1990-11-25', true],
    [3, '1990-11-26', false],
    [3, '1990-11-19', true],
    [3, '1990-11-18', false],
  ])('%s days around a birthday on %s: %s', (birthdayDays, birthDate, expected) => {
    expect(suits({ birthdayDays }, SUNDAY, { birthDate })).toBe(expected);
  });

  it('knows birthdays over New Year, those of 29 February, and people without one', () => {
    expect(suits({ birthdayDays: 5 }, '2026-12-30T12:00:00+03:00', { birthDate: '1990-01-02' })).toBe(true);
    expect(suits({ birthdayDays: 5 }, '2027-01-02T12:00:00+03:00', { birthDate: '1990-12-30' })).toBe(true);
    expect(suits({ birthdayDays: 0 }, '2027-02-28T12:00:00+03:00', { birthDate: '1992-02-29' })).toBe(true);
    expect(suits({ birthdayDays: 0 }, '2028-02-29T12:00:00+03:00', { birthDate: '1992-02-29' })).toBe(true);
    expect(suits({ birthdayDays: 7 })).toBe(false);
  });

  it('asks for the segment and the first purchase', () => {
    expect(suits({ segmentId: 'a' }, SUNDAY, { segments: new Set(['a']) })).toBe(true);
    expect(suits({ segmentId: 'a' }, SUNDAY, { segments: new Set(['b']) })).toBe(false);
    expect(suits({ firstPurchase: true }, SUNDAY, { firstPurchase: true })).toBe(true);
    expect(suits({ firstPurchase: true })).toBe(false);
  });
});

describe('any receipt under any promotions', () => {
  const cap = fc.option(fc.integer({ min: 0, max: 100_000 }));
  const anyTerms = fc.record({
    kind: fc.constantFrom('multiplier' as const, 'percent' as const, 'fixed' as const),
    value: fc.integer({ min: 101, max: 10_000 }),
    categories: fc.subarray([...categories]),
    minPaidKopecks: fc.option(fc.integer({ min: 0, max: 500_000 })),
    receiptCapHundredths: cap,
    dayCapHundredths: cap,
    totalCapHundredths: cap,
    priority: fc.integer({ min: 0, max: 3 }),
    exclusive: fc.boolean(),
  });
  const anyLine = fc.record({
    category: fc.constantFrom(...categories),
    sumKopecks: fc.bigInt({ min: 0n, max: 999_999_999n }),
  });
  const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 12 });
  const anyUsed = fc.record({
    onDayHundredths: fc.bigInt({ min: 0n, max: 120_000n }),
    inAllHundredths: fc.bigInt({ min: 0n, max: 120_000n }),
  });

  it('adds up line by line, keeps to every cap, and lets one exclusive promotion win', () => {
    fc.assert(
      fc.property(anyLines, fc.array(anyTerms, { maxLength: 6 }), anyUsed, fc.nat(100), (lines, all, used, share) => {
        const rules = all.map((terms) => rule(terms));
        const priced = price(rules, lines, used, redeemLimit(lines, share));
        const byRule = new Map<string, bigint>();
        for (const { rules: applied, earnedHundredths, category } of priced.lines) {
          expect(applied.reduce((sum, { pointsHundredths }) => sum + pointsHundredths, 0n)).toBe(earnedHundredths);
          if (category === 'tobacco') expect(applied).toEqual([]);
          for (const { code, pointsHundredths } of applied) {
            byRule.set(code, (byRule.get(code) ?? 0n) + pointsHundredths);
          }
        }
        expect([...byRule.values()].reduce((sum, points) => sum + points, 0n)).toBe(priced.earnedHundredths);
        for (const { code, terms } of rules) {
          const points = byRule.get(code) ?? 0n;
          const { receiptCapHundredths, dayCapHundredths, totalCapHundredths } = terms;
          if (receiptCapHundredths !== null) expect(points <= BigInt(receiptCapHundredths)).toBe(true);
          if (points === 0n) continue;
          if (dayCapHundredths !== null) expect(used.onDayHundredths + points <= BigInt(dayCapHundredths)).toBe(true);
          if (totalCapHundredths !== null) {
            expect(used.inAllHundredths + points <= BigInt(totalCapHundredths)).toBe(true);
          }
        }
        const winners = rules.filter(({ code, terms }) => terms.exclusive && byRule.has(code));
        expect(winners.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of those that stack', () => {
    const stacking = fc.array(
      anyTerms.map((terms) => ({ ...terms, exclusive: false })),
      { minLength: 2, maxLength: 5 },
    );
    fc.assert(
      fc.property(anyLines, stacking, anyUsed, (lines, all, used) => {
        const rules = all.map((terms) => rule(terms));
        const facts = { occurredAt: new Date(SUNDAY), stationId: 'here', customerId: null };
        const earned = (ordered: readonly PromotionRule[]): bigint[] => {
          const ready = ordered.map((one) => one.ruleFor(used));
          return priceReceipt(lines, 0n, ready, facts).lines.map(({ earnedHundredths }) => earnedHundredths);
        };
        expect(earned([...rules].reverse())).toEqual(earned(rules));
      }),
    );
  });
});
