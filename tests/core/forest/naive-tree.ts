import type { Matrix } from '../../../core/forest/matrix.js';

/** A tree grown in the plainest way: every threshold of every feature tried on the rows themselves. */
export type NaiveNode =
  | { readonly value: number }
  | { readonly feature: number; readonly threshold: number; readonly left: NaiveNode; readonly right: NaiveNode };

export interface NaiveLimits {
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
}

function weightedMean(y: Float64Array, weight: Float64Array, rows: readonly number[]): number {
  const total = rows.reduce((sum, r) => sum + weight[r]!, 0);
  return rows.reduce((sum, r) => sum + weight[r]! * y[r]!, 0) / total;
}

function squaredError(y: Float64Array, weight: Float64Array, rows: readonly number[]): number {
  const mean = weightedMean(y, weight, rows);
  return rows.reduce((sum, r) => sum + weight[r]! * (y[r]! - mean) ** 2, 0);
}

/** Least squares CART, the first best split in feature and threshold order; X without missing values. */
export function growNaively(
  X: Matrix,
  y: Float64Array,
  weight: Float64Array,
  rows: readonly number[],
  limits: NaiveLimits,
  depth = 0,
): NaiveNode {
  const whole = squaredError(y, weight, rows);
  let best: { feature: number; threshold: number; error: number } | null = null;
  if (depth < limits.maxDepth && whole > 1e-9) {
    for (let feature = 0; feature < X.columns; feature++) {
      const at = (r: number) => X.data[feature * X.rows + r]!;
      const values = [...new Set(rows.map(at))].sort((a, b) => a - b);
      for (let i = 0; i + 1 < values.length; i++) {
        const threshold = (values[i]! + values[i + 1]!) / 2;
        const left = rows.filter((r) => at(r) <= threshold);
        const right = rows.filter((r) => at(r) > threshold);
        if (Math.min(left.length, right.length) < limits.minSamplesLeaf) continue;
        const error = squaredError(y, weight, left) + squaredError(y, weight, right);
        if (best === null || error < best.error - 1e-9 * whole) best = { feature, threshold, error };
      }
    }
  }
  if (best === null) return { value: weightedMean(y, weight, rows) };
  const { feature, threshold } = best;
  const goesLeft = (r: number) => X.data[feature * X.rows + r]! <= threshold;
  const grow = (of: readonly number[]) => growNaively(X, y, weight, of, limits, depth + 1);
  return { feature, threshold, left: grow(rows.filter(goesLeft)), right: grow(rows.filter((r) => !goesLeft(r))) };
}

export function predictNaively(node: NaiveNode, row: ArrayLike<number>): number {
  if ('value' in node) return node.value;
  return predictNaively(row[node.feature]! <= node.threshold ? node.left : node.right, row);
}
