/**
 * A quantile read from a cumulative histogram, interpolated within its bucket as Prometheus does.
 *
 * @param buckets upper bounds ascending, the last one Infinity, with cumulative counts
 * @param q 0..1
 * @returns null when nothing was counted; the largest finite bound when the quantile lies above it
 */
export function quantileOfBuckets(
  buckets: readonly (readonly [bound: number, count: number])[],
  q: number,
): number | null {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  const rank = q * total;
  let lower = 0;
  let below = 0;
  for (const [bound, count] of buckets) {
    if (count >= rank && count > below) {
      if (bound === Number.POSITIVE_INFINITY) break;
      return lower + ((bound - lower) * (rank - below)) / (count - below);
    }
    lower = bound;
    below = count;
  }
  return lower;
}
