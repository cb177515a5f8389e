/**
 * Spreads `total` over parts in proportion to their weights, in whole minor units, by largest remainder; ties go to the
 * earlier part. The shares add up to `total` exactly, so that the lines of a fiscal receipt do (54-ФЗ, tags 1079, 1043).
 *
 * `total` may not exceed what the weights can carry where shares must stay under them: with total ≤ Σ weights no share
 * exceeds its weight.
 */
export function spread(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) {
    return weights.map(() => 0n);
  }
  const shares = weights.map((weight) => (total * weight) / sum);
  let left = total - shares.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) {
      break;
    }
    shares[index]! += 1n;
    left -= 1n;
  }
  return shares;
}
