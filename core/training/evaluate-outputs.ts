import { classificationMetrics } from '../metrics/classification-metrics.js';
import { regressionMetrics } from '../metrics/regression-metrics.js';
import type { ModelOutputs } from './model-outputs.js';

/**
 * The figures of a model on rows whose truth is known.
 *
 * @param actual values, or class numbers in the order of the outputs' labels; shape (n,), n ≥ 1
 * @returns mae, rmse, r2 and mape; or accuracy, macroF1, logLoss and the figures of each class
 */
export function evaluateOutputs(actual: Float64Array, outputs: ModelOutputs): Readonly<Record<string, number>> {
  const { values, probabilities, labels } = outputs;
  return probabilities === null
    ? regressionMetrics(actual, values)
    : classificationMetrics(actual, values, probabilities, labels);
}

/**
 * What each row adds to the loss by which two models are compared: the absolute error, or 1 for a wrong class.
 *
 * @returns shape (n,), ≥ 0
 */
export function rowLosses(actual: Float64Array, { values, probabilities }: ModelOutputs): Float64Array {
  return actual.map((truth, i) =>
    probabilities === null ? Math.abs(values[i]! - truth) : Number(values[i]! !== truth),
  );
}

/** `incumbentMae`, `incumbentR2`, …: the main figures of the model in production on the same rows. */
export function incumbentFigures(metrics: Readonly<Record<string, number>>): Record<string, number> {
  const told = ['mae', 'r2', 'accuracy', 'logLoss'].filter((name) => name in metrics);
  return Object.fromEntries(told.map((name) => [`incumbent${name[0]!.toUpperCase()}${name.slice(1)}`, metrics[name]!]));
}
