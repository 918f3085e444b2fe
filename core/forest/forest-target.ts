import type { BinnedDataset } from './binned-dataset.js';
import { createClassKernel } from './class-kernel.js';
import type { ResolvedForestOptions } from './forest-options.js';
import type { HistogramLayout } from './histogram-layout.js';
import { createPairKernel, ROW } from './pair-kernel.js';
import type { SplitKernel } from './split-kernel.js';
import { createTripleKernel } from './triple-kernel.js';

/** What a forest's trees learn: the kernel that splits for it, and the values of its leaves. */
export interface ForestTarget {
  readonly kernel: SplitKernel;
  readonly leafWidth: number;
  /** Turns the kernel's gain into rows × impurity (variance or Gini). */
  readonly gainScale: number;
  /** Takes over how often each row was drawn; fills `rows` with those drawn and returns their number. */
  drawn(counts: Uint16Array, rows: Uint32Array): number;
  /** Writes the values of a leaf over rows[start … end); returns their weight. */
  fillLeaf(rows: Uint32Array, start: number, end: number, values: Float64Array, at: number): number;
}

/** Scores stay in range whatever the unit of the target: y is centred and scaled to at most 1 for the splits. */
function standardize(y: Float64Array, keep: boolean): { scaled: Float64Array; scale: number } {
  if (keep) return { scaled: y, scale: 1 };
  let mean = 0;
  for (let r = 0; r < y.length; r++) mean += (y[r]! - mean) / (r + 1);
  let scale = 0;
  for (let r = 0; r < y.length; r++) scale = Math.max(scale, Math.abs(y[r]! - mean));
  if (scale === 0) scale = 1;
  return { scaled: y.map((value) => (value - mean) / scale), scale };
}

/**
 * @param y checked target: numbers, or class indices
 * @param options resolved, classes known
 */
export function createForestTarget(
  binned: BinnedDataset,
  layout: HistogramLayout,
  y: Float64Array,
  options: ResolvedForestOptions,
): ForestTarget {
  const { rows } = binned;
  const { sampleWeight, minSamplesLeaf, classes, task } = options;
  const weight = new Float64Array(rows);
  const isClassification = task === 'classification';
  // for two classes, Gini impurity is twice the variance of the 0/1 target
  const twoClasses = isClassification && classes <= 2;

  if (isClassification && !twoClasses) {
    const rowClass = Uint16Array.from(y);
    return {
      kernel: createClassKernel(binned, layout, classes, rowClass, weight, minSamplesLeaf),
      leafWidth: classes,
      gainScale: 1,
      drawn: (counts, drawnRows) => takeDrawn(counts, sampleWeight, weight, drawnRows),
      fillLeaf: (drawnRows, start, end, values, at) =>
        fillClassLeaf(y, weight, drawnRows, start, end, values, at, classes),
    };
  }

  const { scaled, scale } = standardize(y, isClassification);
  const rowStats = new Float64Array(rows * 2);
  const pure: SplitKernel['isPure'] = (drawnRows, start, end) => {
    const first = y[drawnRows[start]!]!;
    for (let i = start + 1; i < end; i++) if (y[drawnRows[i]!] !== first) return false;
    return true;
  };
  const extra = sampleWeight === null ? ROW : 0;
  return {
    kernel:
      sampleWeight === null
        ? createPairKernel(binned, layout, rowStats, minSamplesLeaf, pure)
        : createTripleKernel(binned, layout, rowStats, minSamplesLeaf, 0, 0, pure),
    leafWidth: isClassification ? classes : 1,
    gainScale: isClassification ? 2 : scale * scale,
    drawn(counts, drawnRows) {
      const count = takeDrawn(counts, sampleWeight, weight, drawnRows);
      for (let i = 0; i < count; i++) {
        const r = drawnRows[i]!;
        rowStats[2 * r] = weight[r]! * scaled[r]!;
        rowStats[2 * r + 1] = weight[r]! + extra;
      }
      return count;
    },
    fillLeaf: isClassification
      ? (drawnRows, start, end, values, at) => fillClassLeaf(y, weight, drawnRows, start, end, values, at, classes)
      : (drawnRows, start, end, values, at) => fillMean(y, weight, drawnRows, start, end, values, at),
  };
}

/** Lists the rows with a positive weight and notes their weights. */
function takeDrawn(
  counts: Uint16Array,
  sampleWeight: Float64Array | null,
  weight: Float64Array,
  rows: Uint32Array,
): number {
  let count = 0;
  for (let r = 0; r < counts.length; r++) {
    const w = sampleWeight === null ? counts[r]! : counts[r]! * sampleWeight[r]!;
    weight[r] = w;
    rows[count] = r;
    count += w > 0 ? 1 : 0;
  }
  return count;
}

function fillMean(
  y: Float64Array,
  weight: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  values: Float64Array,
  at: number,
): number {
  // around the first value, so that a leaf of equal values has exactly that value
  const first = y[rows[start]!]!;
  let sum = 0;
  let total = 0;
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    sum += weight[r]! * (y[r]! - first);
    total += weight[r]!;
  }
  values[at] = first + sum / total;
  return total;
}

function fillClassLeaf(
  y: Float64Array,
  weight: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  values: Float64Array,
  at: number,
  classes: number,
): number {
  let total = 0;
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    values[at + y[r]!]! += weight[r]!;
    total += weight[r]!;
  }
  for (let k = 0; k < classes; k++) values[at + k]! /= total;
  return total;
}
