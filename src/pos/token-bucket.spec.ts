import { TokenBucket } from './token-bucket.js';

describe('TokenBucket', () => {
  it('lets a burst through, then the rate, each key for itself', () => {
    let now = 0;
    const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, () => now);
    expect([1, 2, 3, 4].map(() => bucket.take('a'))).toEqual([0, 0, 0, 1]);
    expect(bucket.take('b')).toBe(0);
    now = 99;
    expect(bucket.take('a')).toBe(1);
    now = 101;
    expect(bucket.take('a')).toBe(0);
    now = 10_000;
    expect([1, 2, 3, 4].map(() => bucket.take('a'))).toEqual([0, 0, 0, 1]);
  });
});
