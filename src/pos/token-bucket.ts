/** Lets through `perSecond` calls on average and `burst` at once, per key. Lives in its process. */
export class TokenBucket {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limits: { perSecond: number; burst: number },
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /** Seconds to wait before the next call; 0 where this one may go ahead. */
  take(key: string): number {
    const { perSecond, burst } = this.limits;
    const at = this.monotonicMs();
    const bucket = this.buckets.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    const passes = tokens >= 1;
    this.buckets.set(key, { tokens: passes ? tokens - 1 : tokens, at });
    return passes ? 0 : Math.ceil((1 - tokens) / perSecond);
  }
}
