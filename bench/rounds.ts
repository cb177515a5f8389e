import type { Round } from './load/measure.js';

export interface Pair {
  reference: Round;
  ours: Round;
}

/** Reference and product in turn, so that both meet the same minute. */
export async function inTurn(
  rounds: number,
  reference: () => Promise<Round>,
  ours: () => Promise<Round>,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  // A process that has just started is still compiling what it runs.
  await ours();
  for (let round = 0; round < rounds; round++) {
    pairs.push({ reference: refuseFailures(await reference()), ours: refuseFailures(await ours()) });
  }
  return pairs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** A benchmark of refusals measures nothing. */
function refuseFailures(round: Round): Round {
  const failed = Object.keys(round.statuses).filter((status) => !status.startsWith('2'));
  if (failed.length > 0 || round.perSecond === 0) {
    throw new Error(`not all went well: ${JSON.stringify(round.statuses)}`);
  }
  return round;
}
