/** What one round of load came to. */
export interface Round {
  perSecond: number;
  /** Milliseconds. */
  median: number;
  p99: number;
  /** Answers by status; `0` for what failed without one. */
  statuses: Record<string, number>;
}

/**
 * So many clients each asking again as soon as they have their answer, for so long; what they do while warming up is not
 * counted.
 */
export async function measure(
  clients: ((() => Promise<number>) | undefined)[],
  { seconds, warmUpSeconds }: { seconds: number; warmUpSeconds: number },
): Promise<Round> {
  const from = performance.now() + warmUpSeconds * 1000;
  const until = from + seconds * 1000;
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  await Promise.all(
    clients.map(async (ask) => {
      for (let begun = performance.now(); ask && begun < until; begun = performance.now()) {
        const status = await ask().catch(() => 0);
        const ended = performance.now();
        if (begun < from || ended > until) continue;
        latencies.push(ended - begun);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Infinity;
  return { perSecond: latencies.length / seconds, median: at(0.5), p99: at(0.99), statuses };
}
