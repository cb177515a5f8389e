import fc from 'fast-check';
import { baseRule, type EarningRule } from './earning-rule.js';
import { priceReceipt, redeemable, redeemLimit } from './pricing.js';
import { categories } from '../stations/category.js';
import type { ReceiptLine } from './receipt.js';

const base = baseRule({ earnBasisPoints: 100, regulatedEarns: false });
const facts = { occurredAt: new Date('2026-11-22T12:00:00Z'), stationId: 's', customerId: null };
const line = (category: ReceiptLine['category'], sumKopecks: bigint): ReceiptLine => ({ category, sumKopecks });

describe('the base rule', () => {
  it('gives 1 % rounded down once per receipt', () => {
    // 199 + 199 kopecks: a percent of the sum is 3.98, of each line 1.99.
    const priced = priceReceipt([line('fuel', 199n), line('goods', 199n)], 0n, [base], facts);
    expect(priced.earnedHundredths).toBe(3n);
    expect(priced.lines.map(({ earnedHundredths }) => earnedHundredths)).toEqual([2n, 1n]);
  });

  it('leaves regulated goods out, and says so by no rule on the line', () => {
    const priced = priceReceipt([line('tobacco', 18_000n), line('food', 124_000n)], 0n, [base], facts);
    expect(priced.earnedHundredths).toBe(1240n);
    expect(priced.lines[0]!.rules).toEqual([]);
    expect(priced.lines[1]!.rules).toEqual([{ code: 'base', title: '1 % от покупки', pointsHundredths: 1240n }]);
  });

  it('lets regulated goods earn where the programme says so', () => {
    const rule = baseRule({ earnBasisPoints: 150, regulatedEarns: true });
    expect(priceReceipt([line('tobacco', 10_000n)], 0n, [rule], facts).earnedHundredths).toBe(150n);
    expect(rule.title).toBe('1,5 % от покупки');
  });

  it('counts what was paid after the discount', () => {
    const priced = priceReceipt([line('fuel', 200_000n), line('food', 50_000n)], 50_000n, [base], facts);
    expect(priced.lines.map(({ discountKopecks }) => discountKopecks)).toEqual([40_000n, 10_000n]);
    expect(priced.earnedHundredths).toBe(2000n);
  });
});

describe('redeeming', () => {
  it('may take whole lines to zero but no regulated goods', () => {
    const lines = [line('tobacco', 18_000n), line('food', 333n), line('fuel', 0n)];
    expect(redeemLimit(lines, 100)).toBe(333n);
    expect(redeemLimit(lines, 50)).toBe(166n);
    const priced = priceReceipt(lines, 333n, [base], facts);
    expect(priced.lines.map(({ discountKopecks }) => discountKopecks)).toEqual([0n, 333n, 0n]);
    expect(priced.earnedHundredths).toBe(0n);
  });

  it('takes for max what there is, never refusing', () => {
    expect(redeemable('max', 500n, 300n)).toBe(300n);
    expect(redeemable('max', 500n, 800n)).toBe(500n);
    expect(redeemable('max', 500n, -20n)).toBe(0n);
    expect(redeemable(0n, 0n, -20n)).toBe(0n);
  });

  it('names the limit before the balance', () => {
    expect(() => redeemable(501n, 500n, 100n)).toThrow('redeem_exceeds_limit');
    expect(() => redeemable(101n, 500n, 100n)).toThrow('insufficient_points');
  });
});

describe('any receipt', () => {
  const anyLine = fc.record({
    category: fc.constantFrom(...categories),
    sumKopecks: fc.bigInt({ min: 0n, max: 999_999_999n }),
  });
  const weekend: EarningRule = {
    code: 'x2',
    title: 'x2',
    covers: ({ category }) => category === 'fuel',
    pointsHundredths: (paid) => paid / 100n,
  };

  it('adds up to the kopeck and to the hundredth of a point', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 40 }), fc.nat(100), (lines, share) => {
        const redeemed = redeemLimit(lines, share);
        const priced = priceReceipt(lines, redeemed, [base, weekend], facts);
        expect(priced.lines.reduce((sum, { discountKopecks }) => sum + discountKopecks, 0n)).toBe(redeemed);
        for (const { category, sumKopecks, discountKopecks, earnedHundredths, rules } of priced.lines) {
          expect(discountKopecks <= (category === 'tobacco' ? 0n : sumKopecks)).toBe(true);
          expect(rules.reduce((sum, { pointsHundredths }) => sum + pointsHundredths, 0n)).toBe(earnedHundredths);
        }
        const paid = (kind: (category: string) => boolean): bigint =>
          priced.lines.reduce((sum, l) => (kind(l.category) ? sum + l.sumKopecks - l.discountKopecks : sum), 0n);
        expect(priced.earnedHundredths).toBe(paid((c) => c !== 'tobacco') / 100n + paid((c) => c === 'fuel') / 100n);
      }),
    );
  });
});
