import type { Row } from '../../core/dataset/row.js';
import { InvalidInputError } from '../../core/errors.js';
import { treePredictions } from '../../core/forest/tree-predictions.js';
import type { ServedModel } from '../model/served-model.js';

/** Share of the trees whose prediction lies within the range. */
const INTERVAL_COVERAGE = 0.8;

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly coverage: number;
}

/** Linear interpolation between order statistics (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (upper - sorted[below]!) * (at - below);
}

/**
 * The middle part of what the trees predict one by one: how far the forest agrees with itself, not a promise about the
 * true value.
 *
 * @throws {InvalidInputError} when the model is not a regression forest
 */
export function intervalOf(model: ServedModel, row: Row): Interval {
  const { forest } = model;
  if (forest.task !== 'regression' || forest.algorithm !== 'forest') {
    throw new InvalidInputError('interval: only a regression forest has a range of estimates');
  }
  const sorted = treePredictions(forest, model.encode(row)).sort();
  const tail = (1 - INTERVAL_COVERAGE) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail), coverage: INTERVAL_COVERAGE };
}
