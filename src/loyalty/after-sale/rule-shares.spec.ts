import fc from 'fast-check';
import type { PricedLine, PricedReceipt } from '../pricing.js';
import { shareOfLines, sumOfRefunds } from './refund-shares.js';
import { ruleSharesOfLines, ruleSharesOfSum, type RuleShare } from './rule-shares.js';

const line = (sumKopecks: bigint, points: Record<string, bigint>, quantityThousandths: bigint | null): PricedLine => ({
  ...{ category: 'fuel', sumKopecks, discountKopecks: 0n, quantityThousandths },
  earnedHundredths: Object.values(points).reduce((all, each) => all + each, 0n),
  rules: Object.entries(points).map(([code, pointsHundredths]) => ({ code, title: code, pointsHundredths })),
});
const receiptOf = (lines: PricedLine[]): PricedReceipt => ({
  lines,
  totalKopecks: lines.reduce((all, { sumKopecks }) => all + sumKopecks, 0n),
  redeemedHundredths: 0n,
  earnedHundredths: lines.reduce((all, { earnedHundredths }) => all + earnedHundredths, 0n),
});
const receipts = fc
  .array(fc.tuple(fc.bigInt(1n, 100_000n), fc.bigInt(1n, 9_999n), fc.bigInt(1n, 9_999n), fc.bigInt(1n, 50_000n)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) =>
    receiptOf(rows.map(([sum, base, promo, quantity]) => line(sum, { base, 'promo-1': promo }, quantity))),
  );
const totalOf = (shares: RuleShare[], code: string): bigint =>
  shares.filter((share) => share.code === code).reduce((all, { pointsHundredths }) => all + pointsHundredths, 0n);

describe('what refunds take back of a rule’s points', () => {
  it('is in proportion to the money, rounded down over all of them together', () => {
    const receipt = receiptOf([line(100_00n, { base: 100n, 'promo-1': 50n }, null)]);
    const first = ruleSharesOfSum(receipt, 33_33n, sumOfRefunds([]));
    expect(first).toEqual([
      { code: 'base', pointsHundredths: 33n, isRest: false },
      { code: 'promo-1', pointsHundredths: 16n, isRest: false },
    ]);
    const before = { sumKopecks: 33_33n, returnedHundredths: 0n, takenBackHundredths: 49n };
    expect(ruleSharesOfSum(receipt, 66_67n, before)).toEqual([
      { code: 'base', pointsHundredths: 67n, isRest: true },
      { code: 'promo-1', pointsHundredths: 34n, isRest: true },
    ]);
  });

  it('is nothing where a line went back that the rule gave nothing for', () => {
    const lines = [line(100n, { base: 1n }, null), line(100n, { base: 1n, 'promo-1': 7n }, 2000n)];
    const refunded = shareOfLines(lines, [{ index: 0, quantityThousandths: 1000n }], new Map());
    expect(ruleSharesOfLines(lines, refunded, new Map())).toEqual([
      { code: 'base', pointsHundredths: 1n, isRest: false },
    ]);
  });

  it('comes to all of them by sum, however the whole is cut, and the rest is told once', () => {
    fc.assert(
      fc.property(receipts, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }), (receipt, cuts) => {
        const ends = [
          ...cuts.map((cut) => BigInt(Math.floor(cut * Number(receipt.totalKopecks)))),
          receipt.totalKopecks,
        ];
        ends.sort((one, other) => (one < other ? -1 : 1));
        let sumKopecks = 0n;
        const shares = ends.flatMap((end) => {
          const before = { sumKopecks, returnedHundredths: 0n, takenBackHundredths: 0n };
          const share = ruleSharesOfSum(receipt, end - sumKopecks, before);
          sumKopecks = end;
          return share;
        });
        const given = receipt.lines.reduce((all, { rules }) => all + rules[1]!.pointsHundredths, 0n);
        expect(totalOf(shares, 'promo-1')).toBe(given);
        expect(shares.filter(({ code, isRest }) => code === 'promo-1' && isRest)).toHaveLength(1);
      }),
    );
  });

  it('comes to all of them by lines too', () => {
    fc.assert(
      fc.property(receipts, fc.double({ min: 0, max: 1, noNaN: true }), ({ lines }, cut) => {
        const parts = lines.map(({ quantityThousandths }, index) => {
          const first = BigInt(Math.floor(cut * Number(quantityThousandths)));
          return [
            { index, quantityThousandths: first },
            { index, quantityThousandths: quantityThousandths! - first },
          ] as const;
        });
        const first = shareOfLines(
          lines,
          parts.map(([one]) => one),
          new Map(),
        );
        const before = new Map(first.map(({ index, quantityThousandths }) => [index, quantityThousandths]));
        const rest = shareOfLines(
          lines,
          parts.map(([, other]) => other),
          before,
        );
        const shares = [...ruleSharesOfLines(lines, first, new Map()), ...ruleSharesOfLines(lines, rest, before)];
        expect(totalOf(shares, 'promo-1')).toBe(lines.reduce((all, { rules }) => all + rules[1]!.pointsHundredths, 0n));
        expect(shares.filter(({ code, isRest }) => code === 'promo-1' && isRest)).toHaveLength(1);
      }),
    );
  });
});
