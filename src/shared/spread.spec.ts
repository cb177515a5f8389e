import fc from 'fast-check';
import { spread } from './spread.js';

const sum = (parts: readonly bigint[]): bigint => parts.reduce((a, b) => a + b, 0n);

describe('spread', () => {
  it('gives the odd kopeck to the largest remainder', () => {
    // 100 × 1/7 = 14.28…, 100 × 2/7 = 28.57…, 100 × 4/7 = 57.14…: the second has the largest remainder.
    expect(spread(100n, [1n, 2n, 4n])).toEqual([14n, 29n, 57n]);
  });

  it('breaks ties towards the earlier part', () => {
    expect(spread(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
    expect(spread(2n, [5n, 5n, 5n])).toEqual([1n, 1n, 0n]);
  });

  it('gives nothing where there is no weight', () => {
    expect(spread(0n, [0n, 0n])).toEqual([0n, 0n]);
    expect(spread(7n, [0n, 3n])).toEqual([0n, 7n]);
  });

  it('adds up to the total and never exceeds a weight', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(weights, fc.bigInt({ min: 0n, max: 10_000n }), (parts, perMyriad) => {
        const total = (sum(parts) * perMyriad) / 10_000n;
        const shares = spread(total, parts);
        expect(sum(shares)).toBe(total);
        shares.forEach((share, index) => expect(share <= parts[index]!).toBe(true));
      }),
    );
  });
});
