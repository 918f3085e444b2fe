import type { RowStore } from './row-store.js';
import type { SplitKernel } from './split-kernel.js';
import type { SplitSearch } from './split-search.js';
import type { Team } from './team.js';
import { ROUNDING, stepFor, toWholeSteps } from './whole-steps.js';

/** The kernel of boosting: its rows get new gradients for every tree. */
export interface ExactKernel extends SplitKernel {
  /**
   * Takes the gradients of the next tree.
   *
   * @param s −gradient of each row held here
   * @param sTotal Σ |s| over the rows of all members
   * @param w hessian of each row, which is left rounded to whole steps; null = 1
   * @param wTotal Σ w over the rows of all members
   */
  pack(s: Float64Array, sTotal: number, w: Float64Array | null, wTotal: number): void;
  /** Σ s of a node, from its statistics. */
  sum(stats: Float64Array, at: number): number;
  /** One step of the hessians, in the unit of w. */
  readonly weightStep: number;
}

/** What limits a split. */
interface SplitLimits {
  /** Rows that each side must keep. */
  readonly minSamplesLeaf: number;
  /** Added to the weight of each side. */
  readonly l2: number;
  /** Each side must weigh more than this. */
  readonly minWeight: number;
}

/** What the numbers in a cell mean. */
interface Steps {
  /** Added to Σ s by each row. */
  readonly count: number;
  /** One step in the unit of s. */
  readonly sStep: number;
  /** One step in the unit of w. */
  readonly wStep: number;
}

/**
 * Second-order boosting in exact sums. The score of a side is (Σ s)² / (Σ w + l2).
 *
 * s is rounded to a whole number of steps, and every row adds COUNT to it, so that one number carries both Σ s and the count
 * of rows. The step is a power of two that keeps every sum exact: no set of rows sums up to half of COUNT, and all rows to
 * 2⁵³. Sums of whole numbers do not depend on their order, so that any number of threads finds the same splits. With n rows
 * the step is at most 2ˡ/2⁵⁰ of the mean |s|, l = 2·log₂ n: 1/4096 for a million rows.
 * Hessians, where they are not all 1, are whole steps in a channel of their own.
 *
 * @param store the rows of this member of the team
 * @param channels 1 when every hessian is 1, else 2
 * @param rows of all members
 */
export function createExactKernel(
  store: RowStore,
  channels: 1 | 2,
  rows: number,
  limits: SplitLimits,
  team: Team,
): ExactKernel {
  const { addends, columns } = store;
  const count = 2 ** (52 - Math.ceil(Math.log2(rows + 1)));
  const perCount = 1 / count;
  const last = channels - 1;
  let sStep = 1;
  let wStep = 1;
  let borrowed: Float64Array | undefined;

  const rowsOf = (stats: Float64Array, at: number) => Math.round(stats[at + last]! * perCount);
  const sumOf = (stats: Float64Array, at: number) => (stats[at + last]! - rowsOf(stats, at) * count) * sStep;
  const weightOf = (stats: Float64Array, at: number) => (channels === 1 ? rowsOf(stats, at) : stats[at]! * wStep);

  return {
    channels,
    pack(s, sTotal, w, wTotal) {
      // rounding adds up to half a step per row: a quarter of COUNT is left for it
      sStep = stepFor(sTotal, count / 4);
      const perStep = 1 / sStep;
      for (let i = 0; i < s.length; i++) {
        addends[channels * i + last] = s[i]! * perStep + ROUNDING - ROUNDING + count;
      }
      if (w === null) return;
      wStep = toWholeSteps(w, wTotal);
      for (let i = 0; i < w.length; i++) addends[2 * i] = w[i]!;
    },
    addRows(histogram, _, start, end) {
      store.add(histogram, start, end, 1);
      team.sum(histogram);
    },
    subtractRows(histogram, _, start, end) {
      if (team.size === 1) return store.add(histogram, start, end, -1);
      borrowed ??= store.newHistogram();
      borrowed.fill(0);
      store.add(borrowed, start, end, 1);
      team.sum(borrowed);
      for (let cell = 0; cell < histogram.length; cell++) histogram[cell]! -= borrowed[cell]!;
    },
    addFeature:
      team.size > 1
        ? null
        : (scratch, bitmap, feature, rowNumbers, start, end) => {
            const column = feature * store.count;
            for (let i = start; i < end; i++) {
              const r = rowNumbers[i]!;
              const bin = columns[column + r]!;
              if (channels === 2) scratch[2 * bin]! += addends[2 * r]!;
              scratch[channels * bin + last]! += addends[channels * r + last]!;
              bitmap[bin >>> 5]! |= 1 << (bin & 31);
            }
          },
    sumRows(total, rowNumbers, start, end) {
      let cell = 0;
      let summed = 0;
      for (let i = start; i < end; i++) {
        const at = rowNumbers[i]! * channels;
        summed += addends[at]!;
        cell += addends[at + last]!;
      }
      total[0] = summed;
      total[last] = cell;
      team.sum(total);
    },
    scan(scratch, firstBin, finite, feature, search) {
      const base = firstBin * channels;
      const inSteps = { count, sStep, wStep };
      scanBins(scratch, base, channels, finite, feature, search, limits, inSteps, 0, 0, 0);
      if (search.missingHere) {
        const missing = base + finite * channels;
        scanBins(
          scratch,
          base,
          channels,
          finite,
          feature,
          search,
          limits,
          inSteps,
          1,
          scratch[missing]!,
          scratch[missing + last]!,
        );
      }
    },
    get weightStep() {
      return wStep;
    },
    count: rowsOf,
    sum: sumOf,
    scoreWhole: (stats, at) => sumOf(stats, at) ** 2 / (weightOf(stats, at) + limits.l2),
    weight: weightOf,
    // gradients are as good as never equal, and a node without a gain is left a leaf
    isPure: () => true,
  };
}

/** One pass over the occupied bins, missing rows on the left (given as the first sums) or on the right. */
function scanBins(
  bins: Float64Array,
  base: number,
  channels: number,
  finite: number,
  feature: number,
  search: SplitSearch,
  { minSamplesLeaf, l2, minWeight }: SplitLimits,
  { count, sStep, wStep }: Steps,
  missingLeft: number,
  firstWeight: number,
  firstCell: number,
): void {
  const { occupied, total } = search;
  const last = channels - 1;
  const perCount = 1 / count;
  const totalRows = Math.round(total[last]! * perCount);
  const totalSum = (total[last]! - totalRows * count) * sStep;
  const totalWeight = channels === 1 ? totalRows : total[0]!;
  const unit = channels === 1 ? 1 : wStep;
  const steps = search.missingHere && missingLeft === 0 ? search.occupiedCount : search.occupiedCount - 1;
  let cell = firstCell;
  let summed = firstWeight;
  let best = search.score;
  let bestStep = -1;
  let bestCell = 0;
  let bestWeight = 0;
  for (let k = 0; k < steps; k++) {
    const at = base + channels * occupied[k]!;
    cell += bins[at + last]!;
    summed += bins[at]!;
    const leftRows = Math.round(cell * perCount);
    if (leftRows < minSamplesLeaf) continue;
    if (totalRows - leftRows < minSamplesLeaf) break;
    const weight = channels === 1 ? leftRows : summed;
    const leftWeight = weight * unit + l2;
    const rightWeight = (totalWeight - weight) * unit + l2;
    const sum = (cell - leftRows * count) * sStep;
    const rightSum = totalSum - sum;
    // sum²/left + rightSum²/right > best, without the divisions
    const numerator = sum * sum * rightWeight + rightSum * rightSum * leftWeight;
    const denominator = leftWeight * rightWeight;
    if (numerator > best * denominator && leftWeight > minWeight && rightWeight > minWeight) {
      best = numerator / denominator;
      bestStep = k;
      bestCell = cell;
      bestWeight = summed;
    }
  }
  if (bestStep < 0) return;
  search.take(feature, bestStep, finite, missingLeft, best);
  search.left[0] = bestWeight;
  search.left[last] = bestCell;
}
