import { InvalidInputError } from '../errors.js';

/** How far predictions are from the truth. A type, not an interface: it is stored as a record of numbers. */
export type RegressionMetrics = {
  /** Mean absolute error, in the target's unit. */
  readonly mae: number;
  /** Root mean squared error, in the target's unit. */
  readonly rmse: number;
  /** Share of the target's variance explained: 1 = perfect, 0 = no better than its mean, negative = worse. */
  readonly r2: number;
  /** Mean absolute error as a share of the truth (0.1 = 10 %), over rows whose truth is not 0. */
  readonly mape: number;
};

/**
 * @param actual shape (n,), n ≥ 1
 * @param predicted shape (n,)
 * @returns r2 of a constant target is 1 when every prediction is exact, else 0, as in scikit-learn; mape is 0 when no row counts
 * @throws {InvalidInputError} if n = 0, the shapes differ, or a value is not finite
 */
export function regressionMetrics(actual: ArrayLike<number>, predicted: ArrayLike<number>): RegressionMetrics {
  const n = actual.length;
  if (n === 0 || predicted.length !== n) {
    throw new InvalidInputError(`expected two shapes (n,) with n ≥ 1, got (${n},) and (${predicted.length},)`);
  }
  let total = 0;
  for (let i = 0; i < n; i++) total += actual[i]!;
  const mean = total / n;
  let [absolute, squared, spread, relative, counted] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const error = predicted[i]! - actual[i]!;
    if (!Number.isFinite(error)) {
      throw new InvalidInputError(`row ${i}: actual ${actual[i]} and predicted ${predicted[i]} must be finite`);
    }
    absolute += Math.abs(error);
    squared += error * error;
    spread += (actual[i]! - mean) ** 2;
    if (actual[i] === 0) continue;
    relative += Math.abs(error / actual[i]!);
    counted++;
  }
  const r2 = spread > 0 ? 1 - squared / spread : squared === 0 ? 1 : 0;
  return { mae: absolute / n, rmse: Math.sqrt(squared / n), r2, mape: counted > 0 ? relative / counted : 0 };
}
