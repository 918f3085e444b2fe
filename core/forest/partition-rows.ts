/**
 * Moves the rows of [start, end) that go left to the front, both sides keeping their order.
 * Every row is written to both sides and only the counters depend on the data, so the loop does not branch.
 *
 * @param missingBin the feature's missing bin, or 256 when it has none
 * @returns the end of the left side
 */
export function partitionRows(
  rows: Uint32Array,
  spare: Uint32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  stride: number,
  feature: number,
  splitBin: number,
  missingBin: number,
  missingLeft: number,
): number {
  let left = start;
  let right = 0;
  if (missingBin > 255 || missingLeft === 0) {
    // a missing bin lies beyond every finite one, so it goes right by itself
    for (let i = start; i < end; i++) {
      const r = rows[i]!;
      const goesRight = (splitBin - bins[r * stride + feature]!) >>> 31;
      rows[left] = r;
      spare[right] = r;
      right += goesRight;
      left += 1 - goesRight;
    }
  } else {
    for (let i = start; i < end; i++) {
      const r = rows[i]!;
      const bin = bins[r * stride + feature]!;
      const goesRight = ((splitBin - bin) >>> 31) & ((bin - missingBin) >>> 31);
      rows[left] = r;
      spare[right] = r;
      right += goesRight;
      left += 1 - goesRight;
    }
  }
  for (let i = 0; i < right; i++) rows[left + i] = spare[i]!;
  return left;
}
