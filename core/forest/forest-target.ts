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
  /** How often each row was drawn; the caller draws. Shape (rows,). */
  readonly counts: Uint16Array;
  /** Takes over a new draw; fills `rows` with those drawn and returns their number. */
  takeDraw(rows: Uint32Array): number;
  /** Writes the values of a leaf over rows[start … end); returns their weight. */
  fillLeaf(rows: Uint32Array, start: number, end: number, values: Float64Array, at: number): number;
}

/** Scores stay in range whatever the unit of the target: y is centred and scaled to at most 1 for the splits. */
function centreAndScale(y: Float64Array): { centre: number; scale: number } {
  let centre = 0;
  for (let r = 0; r < y.length; r++) centre += (y[r]! - centre) / (r + 1);
  let scale = 0;
  for (let r = 0; r < y.length; r++) scale = Math.max(scale, Math.abs(y[r]! - centre));
  return { centre, scale: scale === 0 ? 1 : scale };
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
  const counts = new Uint16Array(rows);
  const isClassification = task === 'classification';
  const fillLeaf: ForestTarget['fillLeaf'] = isClassification
    ? (of, start, end, values, at) => fillClassLeaf(y, counts, sampleWeight, of, start, end, values, at, classes)
    : (of, start, end, values, at) => fillMean(y, counts, sampleWeight, of, start, end, values, at);

  if (isClassification && classes > 2) {
    const weight = new Float64Array(rows);
    return {
      kernel: createClassKernel(binned, layout, classes, Uint16Array.from(y), weight, minSamplesLeaf),
      leafWidth: classes,
      gainScale: 1,
      counts,
      takeDraw(drawn) {
        const count = listDrawn(counts, sampleWeight, drawn);
        for (let i = 0; i < count; i++) weight[drawn[i]!] = weightOf(counts, sampleWeight, drawn[i]!);
        return count;
      },
      fillLeaf,
    };
  }

  // for two classes, Gini impurity is twice the variance of the 0/1 target
  const { centre, scale } = isClassification ? { centre: 0, scale: 1 } : centreAndScale(y);
  const rowStats = new Float64Array(rows * 2);
  const pure: SplitKernel['isPure'] = (drawn, start, end) => {
    const first = y[drawn[start]!]!;
    for (let i = start + 1; i < end; i++) if (y[drawn[i]!] !== first) return false;
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
    counts,
    takeDraw(drawn) {
      const count = listDrawn(counts, sampleWeight, drawn);
      for (let i = 0; i < count; i++) {
        const r = drawn[i]!;
        const weight = weightOf(counts, sampleWeight, r);
        rowStats[2 * r] = (weight * (y[r]! - centre)) / scale;
        rowStats[2 * r + 1] = weight + extra;
      }
      return count;
    },
    fillLeaf,
  };
}

function weightOf(counts: Uint16Array, sampleWeight: Float64Array | null, r: number): number {
  return sampleWeight === null ? counts[r]! : counts[r]! * sampleWeight[r]!;
}

/** Lists the rows drawn with a positive weight, ascending; returns their number. */
function listDrawn(counts: Uint16Array, sampleWeight: Float64Array | null, rows: Uint32Array): number {
  let count = 0;
  for (let r = 0; r < counts.length; r++) {
    rows[count] = r;
    count += weightOf(counts, sampleWeight, r) > 0 ? 1 : 0;
  }
  return count;
}

function fillMean(
  y: Float64Array,
  counts: Uint16Array,
  sampleWeight: Float64Array | null,
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
    const weight = weightOf(counts, sampleWeight, r);
    sum += weight * (y[r]! - first);
    total += weight;
  }
  values[at] = first + sum / total;
  return total;
}

function fillClassLeaf(
  y: Float64Array,
  counts: Uint16Array,
  sampleWeight: Float64Array | null,
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
    const weight = weightOf(counts, sampleWeight, r);
    values[at + y[r]!]! += weight;
    total += weight;
  }
  for (let k = 0; k < classes; k++) values[at + k]! /= total;
  return total;
}
