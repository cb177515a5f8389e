import type { OverviewRow } from './queries/overview.queries.js';

interface NextBurning {
  pointsHundredths: bigint;
  at: Date;
  /** Time to think of spending them. */
  soon: boolean;
}

const SOON_MS = 45 * 86_400_000;

/** What may be spent, and what burns next. Hundredths of a point, which are worth a kopeck each. */
export interface PointsSummary {
  availableHundredths: bigint;
  spendableKopecks: bigint;
  /** Taken back after they were spent: the next earnings fill the gap. */
  owes: boolean;
  next: NextBurning | null;
}

export function pointsSummary(
  row: Pick<OverviewRow, 'available' | 'next_burns' | 'next_burns_at'>,
  now: Date,
): PointsSummary {
  const availableHundredths = BigInt(row.available);
  return {
    availableHundredths,
    spendableKopecks: availableHundredths > 0n ? availableHundredths : 0n,
    owes: availableHundredths < 0n,
    next: row.next_burns_at && row.next_burns ? nextBurning(row.next_burns, new Date(row.next_burns_at), now) : null,
  };
}

function nextBurning(points: string, at: Date, now: Date): NextBurning {
  const soon = at.getTime() - now.getTime() < SOON_MS;
  return { pointsHundredths: BigInt(points), at, soon };
}
