import type { OverviewRow } from './queries/overview.queries.js';

/** What may be spent, and what burns next. Hundredths of a point, which are worth a kopeck each. */
export interface PointsSummary {
  availableHundredths: bigint;
  spendableKopecks: bigint;
  /** Taken back after they were spent: the next earnings fill the gap. */
  owes: boolean;
  next: { pointsHundredths: bigint; count: number; at: Date } | null;
}

export function pointsSummary(row: Pick<OverviewRow, 'available' | 'next_burns' | 'next_burns_at'>): PointsSummary {
  const availableHundredths = BigInt(row.available);
  return {
    availableHundredths,
    spendableKopecks: availableHundredths > 0n ? availableHundredths : 0n,
    owes: availableHundredths < 0n,
    next: row.next_burns_at === null ? null : nextBurning(BigInt(row.next_burns ?? 0), new Date(row.next_burns_at)),
  };
}

/** `count` is what the verb agrees with: 1 балл сгорит, 2 балла сгорят. */
function nextBurning(pointsHundredths: bigint, at: Date): NonNullable<PointsSummary['next']> {
  return { pointsHundredths, count: Number(pointsHundredths) / 100, at };
}
