import { priceDifference } from './price-difference.js';

const month = (priceKopecks: bigint | null) => ({ priceKopecks, period: 'month' }) as const;

describe('what another tariff costs more or less', () => {
  it('is told by the period that both are paid by', () => {
    const period = { period: 'month', approximate: false };
    expect(priceDifference(month(55_000n), month(65_000n))).toEqual({ kind: 'more', kopecks: 10_000n, ...period });
    expect(priceDifference(month(65_000n), month(55_000n))).toEqual({ kind: 'less', kopecks: 10_000n, ...period });
    expect(priceDifference(month(55_000n), month(55_000n))).toEqual({ kind: 'same', kopecks: 0n, ...period });
  });

  it('is worked out by the month where they are paid by different periods', () => {
    expect(priceDifference(month(55_000n), { priceKopecks: 2_000n, period: 'day' })).toEqual({
      ...{ kind: 'more', kopecks: 5_000n, period: 'month', approximate: true },
    });
  });

  it('is unknown where either price is', () => {
    expect(priceDifference(month(null), month(1n))).toEqual({ kind: 'unknown' });
    expect(priceDifference(month(1n), month(null))).toEqual({ kind: 'unknown' });
  });
});
