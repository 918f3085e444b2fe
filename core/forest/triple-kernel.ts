import type { BinnedDataset } from './binned-dataset.js';
import type { HistogramLayout } from './histogram-layout.js';
import type { SplitKernel } from './split-kernel.js';
import type { SplitSearch } from './split-search.js';

/**
 * Squared error with any weights, and the second-order objectives of boosting: three channels, Σ s, Σ w and the rows.
 * The score of a side is (Σ s)² / (Σ w + l2), with s = w·y and w the weight, or s = −gradient and w the hessian.
 *
 * @param rowStats s and w of every row; shape (rows, 2)
 * @param l2 added to the weight of each side
 * @param minWeight each side must weigh more than this
 * @param pure tells whether rows[start … end) all have the same target
 */
export function createTripleKernel(
  binned: BinnedDataset,
  layout: HistogramLayout,
  rowStats: Float64Array,
  minSamplesLeaf: number,
  l2: number,
  minWeight: number,
  pure: SplitKernel['isPure'],
): SplitKernel {
  const { bins, stride } = binned;
  return {
    channels: 3,
    addRows(histogram, rows, start, end) {
      addTriples(histogram, rows, start, end, bins, stride, layout.firstBin, rowStats, 1);
    },
    subtractRows(histogram, rows, start, end) {
      addTriples(histogram, rows, start, end, bins, stride, layout.firstBin, rowStats, -1);
    },
    addFeature(scratch, bitmap, feature, rows, start, end) {
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        const bin = bins[r * stride + feature]!;
        scratch[3 * bin]! += rowStats[2 * r]!;
        scratch[3 * bin + 1]! += rowStats[2 * r + 1]!;
        scratch[3 * bin + 2]! += 1;
        bitmap[bin >>> 5]! |= 1 << (bin & 31);
      }
    },
    sumRows(total, rows, start, end) {
      let sum = 0;
      let weight = 0;
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        sum += rowStats[2 * r]!;
        weight += rowStats[2 * r + 1]!;
      }
      total[0] = sum;
      total[1] = weight;
      total[2] = end - start;
    },
    scan(scratch, firstBin, finite, feature, search) {
      const base = firstBin * 3;
      scanTriples(scratch, base, finite, feature, search, minSamplesLeaf, l2, minWeight, 0, 0, 0, 0);
      if (search.missingHere) {
        const missing = base + finite * 3;
        const sum = scratch[missing]!;
        const weight = scratch[missing + 1]!;
        const count = scratch[missing + 2]!;
        scanTriples(scratch, base, finite, feature, search, minSamplesLeaf, l2, minWeight, 1, sum, weight, count);
      }
    },
    count: (stats, at) => stats[at + 2]!,
    scoreWhole: (stats, at) => stats[at]! ** 2 / (stats[at + 1]! + l2),
    weight: (stats, at) => stats[at + 1]!,
    isPure: pure,
  };
}

function addTriples(
  histogram: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  stride: number,
  firstBin: Int32Array,
  rowStats: Float64Array,
  sign: number,
): void {
  const columns = firstBin.length;
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    const sum = sign * rowStats[2 * r]!;
    const weight = sign * rowStats[2 * r + 1]!;
    const row = r * stride;
    for (let f = 0; f < columns; f++) {
      const at = (firstBin[f]! + bins[row + f]!) * 3;
      histogram[at]! += sum;
      histogram[at + 1]! += weight;
      histogram[at + 2]! += sign;
    }
  }
}

/** One pass over the occupied bins, missing rows on the left (given as the first sums) or on the right. */
function scanTriples(
  bins: Float64Array,
  base: number,
  finite: number,
  feature: number,
  search: SplitSearch,
  minSamplesLeaf: number,
  l2: number,
  minWeight: number,
  missingLeft: number,
  firstSum: number,
  firstWeight: number,
  firstCount: number,
): void {
  const { occupied, total } = search;
  const steps = search.missingHere && missingLeft === 0 ? search.occupiedCount : search.occupiedCount - 1;
  let sum = firstSum;
  let weight = firstWeight;
  let count = firstCount;
  for (let k = 0; k < steps; k++) {
    const at = base + 3 * occupied[k]!;
    sum += bins[at]!;
    weight += bins[at + 1]!;
    count += bins[at + 2]!;
    if (count < minSamplesLeaf) continue;
    if (total[2]! - count < minSamplesLeaf) break;
    const rightWeight = total[1]! - weight;
    const rightSum = total[0]! - sum;
    const score = (sum * sum) / (weight + l2) + (rightSum * rightSum) / (rightWeight + l2);
    // rounding after subtractions can leave a side without weight
    if (weight > minWeight && rightWeight > minWeight && score > search.score) {
      search.take(feature, k, finite, missingLeft, score);
      search.left[0] = sum;
      search.left[1] = weight;
      search.left[2] = count;
    }
  }
}
