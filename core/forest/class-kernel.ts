import type { BinnedDataset } from './binned-dataset.js';
import type { HistogramLayout } from './histogram-layout.js';
import type { SplitKernel } from './split-kernel.js';
import type { SplitSearch } from './split-search.js';

/**
 * Gini impurity over any number of classes: one channel per class (its weight) and one for the rows.
 * The score of a side is Σ wₖ² / Σ wₖ; maximising the sum of both sides minimises the weighted Gini impurity.
 *
 * @param rowClass class of every row
 * @param rowWeight weight of every row
 */
export function createClassKernel(
  binned: BinnedDataset,
  layout: HistogramLayout,
  classes: number,
  rowClass: Uint16Array,
  rowWeight: Float64Array,
  minSamplesLeaf: number,
): SplitKernel {
  const { bins, stride, columns } = binned;
  const channels = classes + 1;
  const left = new Float64Array(channels);
  const add = (histogram: Float64Array, rows: Uint32Array, start: number, end: number, sign: number) => {
    for (let i = start; i < end; i++) {
      const r = rows[i]!;
      const row = r * stride;
      const ofClass = rowClass[r]!;
      const weight = sign * rowWeight[r]!;
      for (let f = 0; f < columns; f++) {
        const at = (layout.firstBin[f]! + bins[row + f]!) * channels;
        histogram[at + ofClass]! += weight;
        histogram[at + classes]! += sign;
      }
    }
  };
  return {
    channels,
    addRows: (histogram, rows, start, end) => add(histogram, rows, start, end, 1),
    subtractRows: (histogram, rows, start, end) => add(histogram, rows, start, end, -1),
    addFeature(scratch, bitmap, feature, rows, start, end) {
      for (let i = start; i < end; i++) {
        const r = rows[i]!;
        const bin = bins[r * stride + feature]!;
        scratch[bin * channels + rowClass[r]!]! += rowWeight[r]!;
        scratch[bin * channels + classes]! += 1;
        bitmap[bin >>> 5]! |= 1 << (bin & 31);
      }
    },
    sumRows(total, rows, start, end) {
      total.fill(0);
      for (let i = start; i < end; i++) total[rowClass[rows[i]!]!]! += rowWeight[rows[i]!]!;
      total[classes] = end - start;
    },
    scan(scratch, firstBin, finite, feature, search) {
      const base = firstBin * channels;
      left.fill(0);
      scanClasses(scratch, base, finite, feature, search, minSamplesLeaf, 0, left);
      if (search.missingHere) {
        const missing = base + finite * channels;
        for (let k = 0; k < channels; k++) left[k] = scratch[missing + k]!;
        scanClasses(scratch, base, finite, feature, search, minSamplesLeaf, 1, left);
      }
    },
    count: (stats, at) => stats[at + classes]!,
    scoreWhole(stats, at) {
      let squares = 0;
      let weight = 0;
      for (let k = 0; k < classes; k++) {
        squares += stats[at + k]! ** 2;
        weight += stats[at + k]!;
      }
      return squares / weight;
    },
    weight(stats, at) {
      let weight = 0;
      for (let k = 0; k < classes; k++) weight += stats[at + k]!;
      return weight;
    },
    isPure(rows, start, end) {
      const first = rowClass[rows[start]!]!;
      for (let i = start + 1; i < end; i++) if (rowClass[rows[i]!] !== first) return false;
      return true;
    },
  };
}

/** One pass over the occupied bins; `left` comes in with the missing rows' sums, or zeros when these go right. */
function scanClasses(
  bins: Float64Array,
  base: number,
  finite: number,
  feature: number,
  search: SplitSearch,
  minSamplesLeaf: number,
  missingLeft: number,
  left: Float64Array,
): void {
  const { occupied, total } = search;
  const channels = total.length;
  const classes = channels - 1;
  const steps = search.missingHere && missingLeft === 0 ? search.occupiedCount : search.occupiedCount - 1;
  for (let k = 0; k < steps; k++) {
    const at = base + channels * occupied[k]!;
    let leftWeight = 0;
    let rightWeight = 0;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let c = 0; c < classes; c++) {
      const onLeft = left[c]! + bins[at + c]!;
      const onRight = total[c]! - onLeft;
      left[c] = onLeft;
      leftWeight += onLeft;
      rightWeight += onRight;
      leftSquares += onLeft * onLeft;
      rightSquares += onRight * onRight;
    }
    left[classes]! += bins[at + classes]!;
    const count = left[classes]!;
    if (count < minSamplesLeaf) continue;
    if (total[classes]! - count < minSamplesLeaf) break;
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (leftWeight > 0 && rightWeight > 0 && score > search.score) {
      search.take(feature, k, finite, missingLeft, score);
      search.left.set(left);
    }
  }
}
