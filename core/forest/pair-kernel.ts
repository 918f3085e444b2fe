import type { BinnedDataset } from './binned-dataset.js';
import type { HistogramLayout } from './histogram-layout.js';
import type { SplitKernel } from './split-kernel.js';
import type { SplitSearch } from './split-search.js';

/**
 * A row's whole weight w and the row itself share one number: w + ROW. Sums of these stay exact (rows and weights
 * below 2²⁶), and one channel then carries both the weight and the count of rows.
 */
export const ROW = 2 ** 26;
const PER_ROW = 1 / ROW;

/**
 * Squared error with whole-number weights (bootstrap draws): two channels, Σ w·y and Σ (w + ROW).
 * The score of a side is (Σ w·y)² / Σ w, so maximising the sum of both sides minimises the squared error.
 *
 * @param rowStats w·y and w + ROW of every row; shape (rows, 2)
 * @param pure tells whether rows[start … end) all have the same target
 */
export function createPairKernel(
  binned: BinnedDataset,
  layout: HistogramLayout,
  rowStats: Float64Array,
  minSamplesLeaf: number,
  pure: SplitKernel['isPure'],
): SplitKernel {
  const { bins, stride, columns } = binned;
  const words = new Uint32Array(bins.buffer, bins.byteOffset, bins.length >>> 2);
  const wordsPerRow = stride >>> 2;
  const wholeWords = columns >>> 2;
  const offsets = layout.firstBin.map((bin) => bin * 2);
  return {
    channels: 2,
    addRows(histogram, rows, start, end) {
      addPairs(histogram, rows, start, end, words, wordsPerRow, wholeWords, columns, offsets, rowStats, 1);
    },
    subtractRows(histogram, rows, start, end) {
      addPairs(histogram, rows, start, end, words, wordsPerRow, wholeWords, columns, offsets, rowStats, -1);
    },
    addFeature(scratch, bitmap, feature, rows, start, end) {
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        const bin = bins[r * stride + feature]!;
        scratch[2 * bin]! += rowStats[2 * r]!;
        scratch[2 * bin + 1]! += rowStats[2 * r + 1]!;
        bitmap[bin >>> 5]! |= 1 << (bin & 31);
      }
    },
    sumRows(total, rows, start, end) {
      let sum = 0;
      let packed = 0;
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        sum += rowStats[2 * r]!;
        packed += rowStats[2 * r + 1]!;
      }
      total[0] = sum;
      total[1] = packed;
    },
    scan(scratch, firstBin, finite, feature, search) {
      const missing = (firstBin + finite) * 2;
      scanPairs(scratch, firstBin * 2, finite, feature, search, minSamplesLeaf, 0, 0, 0);
      if (search.missingHere) {
        const sum = scratch[missing]!;
        const packed = scratch[missing + 1]!;
        scanPairs(scratch, firstBin * 2, finite, feature, search, minSamplesLeaf, 1, sum, packed);
      }
    },
    count: (stats, at) => Math.floor(stats[at + 1]! * PER_ROW),
    scoreWhole: (stats, at) => stats[at]! ** 2 / weightOf(stats[at + 1]!),
    weight: (stats, at) => weightOf(stats[at + 1]!),
    isPure: pure,
  };
}

function weightOf(packed: number): number {
  return packed - Math.floor(packed * PER_ROW) * ROW;
}

function addPairs(
  histogram: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  words: Uint32Array,
  wordsPerRow: number,
  wholeWords: number,
  columns: number,
  offsets: Int32Array,
  rowStats: Float64Array,
  sign: number,
): void {
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    const sum = sign * rowStats[2 * r]!;
    const packed = sign * rowStats[2 * r + 1]!;
    const word = r * wordsPerRow;
    let f = 0;
    for (let k = 0; k < wholeWords; k++, f += 4) {
      const four = words[word + k]!;
      const a = offsets[f]! + ((four & 255) << 1);
      histogram[a]! += sum;
      histogram[a + 1]! += packed;
      const b = offsets[f + 1]! + ((four >>> 7) & 510);
      histogram[b]! += sum;
      histogram[b + 1]! += packed;
      const c = offsets[f + 2]! + ((four >>> 15) & 510);
      histogram[c]! += sum;
      histogram[c + 1]! += packed;
      const d = offsets[f + 3]! + ((four >>> 23) & 510);
      histogram[d]! += sum;
      histogram[d + 1]! += packed;
    }
    if (f < columns) {
      let rest = words[word + wholeWords]!;
      for (; f < columns; f++) {
        const a = offsets[f]! + ((rest & 255) << 1);
        histogram[a]! += sum;
        histogram[a + 1]! += packed;
        rest >>>= 8;
      }
    }
  }
}

/** One pass over the occupied bins, missing rows on the left (given as the first sums) or on the right. */
function scanPairs(
  bins: Float64Array,
  base: number,
  finite: number,
  feature: number,
  search: SplitSearch,
  minSamplesLeaf: number,
  missingLeft: number,
  firstSum: number,
  firstPacked: number,
): void {
  const { occupied, total } = search;
  const totalSum = total[0]!;
  const totalPacked = total[1]!;
  const totalRows = Math.floor(totalPacked * PER_ROW);
  const totalWeight = totalPacked - totalRows * ROW;
  const steps = search.missingHere && missingLeft === 0 ? search.occupiedCount : search.occupiedCount - 1;
  let sum = firstSum;
  let packed = firstPacked;
  let best = search.score;
  let bestStep = -1;
  let bestSum = 0;
  let bestPacked = 0;
  for (let k = 0; k < steps; k++) {
    const at = base + 2 * occupied[k]!;
    sum += bins[at]!;
    packed += bins[at + 1]!;
    const leftRows = Math.floor(packed * PER_ROW);
    if (leftRows < minSamplesLeaf) continue;
    if (totalRows - leftRows < minSamplesLeaf) break;
    const leftWeight = packed - leftRows * ROW;
    const rightWeight = totalWeight - leftWeight;
    const rightSum = totalSum - sum;
    // sum²/left + rightSum²/right > best, without the divisions
    const numerator = sum * sum * rightWeight + rightSum * rightSum * leftWeight;
    const denominator = leftWeight * rightWeight;
    if (numerator > best * denominator) {
      best = numerator / denominator;
      bestStep = k;
      bestSum = sum;
      bestPacked = packed;
    }
  }
  if (bestStep < 0) return;
  search.take(feature, bestStep, finite, missingLeft, best);
  search.left[0] = bestSum;
  search.left[1] = bestPacked;
}
