/**
 * Upper edges of the bins of one feature: midpoints between neighbouring distinct values when these fit in
 * `maxBins`, else quantiles (every bin about the same number of rows; a frequent value gets a bin of its own).
 * Bin b holds the values in (edges[b−1], edges[b]]; the last bin has no upper edge.
 *
 * @param sorted the finite values, ascending
 * @param maxBins ≥ 1
 * @returns at most maxBins − 1 edges, strictly ascending
 */
export function binEdges(sorted: Float64Array, maxBins: number): Float64Array {
  const n = sorted.length;
  let distinct = n === 0 ? 0 : 1;
  for (let i = 1; i < n && distinct <= maxBins; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const edges = new Float64Array(Math.max(0, Math.min(distinct, maxBins) - 1));
  const everyValue = distinct <= maxBins;
  let used = 0;
  let inBin = 0;
  let remaining = n;
  let i = 0;
  let end = endOfRun(sorted, 0);
  while (end < n && used < edges.length) {
    inBin += end - i;
    i = end;
    end = endOfRun(sorted, i);
    const target = remaining / (edges.length + 1 - used);
    const closes = everyValue || inBin >= target || inBin + (end - i) / 2 > target;
    if (closes) {
      edges[used++] = between(sorted[i - 1]!, sorted[i]!);
      remaining -= inBin;
      inBin = 0;
    }
  }
  return edges.slice(0, used);
}

/** First index after the run of equal values that starts at `start`. */
function endOfRun(sorted: Float64Array, start: number): number {
  const value = sorted[start]!;
  let i = start + 1;
  while (i < sorted.length && sorted[i] === value) i++;
  return i;
}

/** A number x with low ≤ x < high, halfway where rounding allows. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/**
 * Bin of a value: how many edges lie below it. Edges [from, to) of `edges` are the feature's.
 * The caller deals with NaN.
 */
export function findBin(edges: Float64Array, from: number, to: number, value: number): number {
  let low = from;
  let size = to - from;
  while (size > 0) {
    const half = size >>> 1;
    if (edges[low + half]! < value) {
      low += half + 1;
      size -= half + 1;
    } else {
      size = half;
    }
  }
  return low - from;
}
