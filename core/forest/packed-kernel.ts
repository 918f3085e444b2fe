import type { BinnedDataset } from './binned-dataset.js';
import type { HistogramLayout } from './histogram-layout.js';
import type { SplitKernel } from './split-kernel.js';
import type { SplitSearch } from './split-search.js';

/** A kernel whose rows are packed anew for every tree. */
export interface PackedKernel extends SplitKernel {
  /** Takes s of the given rows from `rowStats`, as the next tree will see it. */
  pack(rows: Uint32Array): void;
  /** Σ s of a node, from its statistics. */
  sum(stats: Float64Array, at: number): number;
}

/** Added and taken away again, it leaves a number below 2⁵¹ rounded to a whole one: quicker than Math.round. */
const ROUNDING = 1.5 * 2 ** 52;

/**
 * Squared error with unit weights, one number per bin: s is rounded to a whole number of steps, and every row adds
 * COUNT to it, so that a sum carries both Σ s and the count of rows. The step is a power of two that keeps every sum exact:
 * no set of rows sums up to half of COUNT, and all rows to 2⁵³. Sums of whole numbers do not depend on their order, and with n rows
 * the step is at most 2ˡ/2⁵⁰ of the mean |s|, l = 2·log₂ n: 1/4096 for a million rows.
 *
 * @param rowStats s of row r at 2·r
 * @param pure tells whether rows[start … end) all have the same target
 */
export function createPackedKernel(
  binned: BinnedDataset,
  layout: HistogramLayout,
  rowStats: Float64Array,
  minSamplesLeaf: number,
  pure: SplitKernel['isPure'],
): PackedKernel {
  const { bins, stride, columns } = binned;
  const words = new Uint32Array(bins.buffer, bins.byteOffset, bins.length >>> 2);
  const wordsPerRow = stride >>> 2;
  const offsets = layout.firstBin;
  const packed = new Float64Array(binned.rows);
  const count = 2 ** (52 - Math.ceil(Math.log2(binned.rows + 1)));
  const perCount = 1 / count;
  /** One step in the unit of s. */
  let step = 1;

  const rowsOf = (cell: number) => Math.round(cell * perCount);
  const sumOf = (cell: number) => (cell - rowsOf(cell) * count) * step;

  return {
    channels: 1,
    pack(rows) {
      let total = 0;
      for (let i = 0; i < rows.length; i++) total += Math.abs(rowStats[2 * rows[i]!]!);
      // rounding adds up to half a step per row: a quarter of COUNT is left for it
      step = total === 0 ? 1 : 2 ** Math.ceil(Math.log2((total * 4) / count));
      const perStep = 1 / step;
      for (let i = 0; i < rows.length; i++) {
        const r = rows[i]!;
        packed[r] = rowStats[2 * r]! * perStep + ROUNDING - ROUNDING + count;
      }
    },
    addRows(histogram, rows, start, end) {
      addPacked(histogram, rows, start, end, words, wordsPerRow, columns, offsets, packed, 1);
    },
    subtractRows(histogram, rows, start, end) {
      addPacked(histogram, rows, start, end, words, wordsPerRow, columns, offsets, packed, -1);
    },
    addFeature(scratch, bitmap, feature, rows, start, end) {
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        const bin = bins[r * stride + feature]!;
        scratch[bin]! += packed[r]!;
        bitmap[bin >>> 5]! |= 1 << (bin & 31);
      }
    },
    sumRows(total, rows, start, end) {
      let sum = 0;
      for (let i = start; i < end; i++) sum += packed[rows[i]!]!;
      total[0] = sum;
    },
    scan(scratch, firstBin, finite, feature, search) {
      scanPacked(scratch, firstBin, finite, feature, search, minSamplesLeaf, count, step, 0, 0);
      if (search.missingHere) {
        scanPacked(
          scratch,
          firstBin,
          finite,
          feature,
          search,
          minSamplesLeaf,
          count,
          step,
          1,
          scratch[firstBin + finite]!,
        );
      }
    },
    sum: (stats, at) => sumOf(stats[at]!),
    scoreWhole: (stats, at) => sumOf(stats[at]!) ** 2 / rowsOf(stats[at]!),
    weight: (stats, at) => rowsOf(stats[at]!),
    isPure: pure,
  };
}

function addPacked(
  histogram: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  words: Uint32Array,
  wordsPerRow: number,
  columns: number,
  offsets: Int32Array,
  packed: Float64Array,
  sign: number,
): void {
  const wholeWords = columns >>> 2;
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    const value = sign * packed[r]!;
    const word = r * wordsPerRow;
    let f = 0;
    for (let k = 0; k < wholeWords; k++, f += 4) {
      const four = words[word + k]!;
      histogram[offsets[f]! + (four & 255)]! += value;
      histogram[offsets[f + 1]! + ((four >>> 8) & 255)]! += value;
      histogram[offsets[f + 2]! + ((four >>> 16) & 255)]! += value;
      histogram[offsets[f + 3]! + (four >>> 24)]! += value;
    }
    if (f < columns) {
      let rest = words[word + wholeWords]!;
      for (; f < columns; f++) {
        histogram[offsets[f]! + (rest & 255)]! += value;
        rest >>>= 8;
      }
    }
  }
}

/** One pass over the occupied bins, missing rows on the left (given as the first cell) or on the right. */
function scanPacked(
  bins: Float64Array,
  base: number,
  finite: number,
  feature: number,
  search: SplitSearch,
  minSamplesLeaf: number,
  count: number,
  step: number,
  missingLeft: number,
  first: number,
): void {
  const { occupied, total } = search;
  const perCount = 1 / count;
  const totalRows = Math.round(total[0]! * perCount);
  const totalSum = (total[0]! - totalRows * count) * step;
  const steps = search.missingHere && missingLeft === 0 ? search.occupiedCount : search.occupiedCount - 1;
  let cell = first;
  let best = search.score;
  let bestStep = -1;
  let bestCell = 0;
  for (let k = 0; k < steps; k++) {
    cell += bins[base + occupied[k]!]!;
    const leftRows = Math.round(cell * perCount);
    if (leftRows < minSamplesLeaf) continue;
    const rightRows = totalRows - leftRows;
    if (rightRows < minSamplesLeaf) break;
    const sum = (cell - leftRows * count) * step;
    const rightSum = totalSum - sum;
    // sum²/left + rightSum²/right > best, without the divisions
    const numerator = sum * sum * rightRows + rightSum * rightSum * leftRows;
    const denominator = leftRows * rightRows;
    if (numerator > best * denominator) {
      best = numerator / denominator;
      bestStep = k;
      bestCell = cell;
    }
  }
  if (bestStep < 0) return;
  search.take(feature, bestStep, finite, missingLeft, best);
  search.left[0] = bestCell;
}
