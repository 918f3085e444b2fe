import { checkClassTarget, checkRegressionTarget, checkSampleWeight } from './check-target.js';
import type { ForestOptions, ResolvedForestOptions } from './forest-options.js';
import { resolveForestOptions } from './resolve-forest-options.js';

/**
 * Options with their defaults, checked together with the target and the weights; the number of classes is known after.
 *
 * @throws {InvalidInputError} naming what is not allowed
 */
export function prepareOptions(
  options: ForestOptions,
  y: Float64Array,
  rows: number,
  columns: number,
): ResolvedForestOptions {
  const resolved = resolveForestOptions(options, columns);
  checkSampleWeight(resolved.sampleWeight, rows);
  if (resolved.task === 'classification') {
    return { ...resolved, classes: checkClassTarget(y, rows, resolved.classes) };
  }
  checkRegressionTarget(y, rows);
  return resolved;
}
