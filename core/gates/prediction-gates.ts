import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { Bounds, GateSettings } from './gate-settings.js';
import { figure } from './wording.js';

function extent(values: Float64Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    // NaN compares as neither: it is carried on
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
  }
  return { min, max };
}

/** Predictions of held-out rows are plausible values, and not the same for every row. */
export function predictionGates(evidence: GateEvidence, { predictions }: GateSettings): GateResult[] {
  const { actual, candidate, trainRange } = evidence;
  const results: GateResult[] = [];
  const { min, max } = extent(candidate.values);
  const truth = extent(actual);
  if (truth.min !== truth.max) {
    const distinct = min === max ? 1 : 2;
    const reason =
      distinct === 1
        ? `every held-out row gets the same prediction, ${figure(min)}: the model has learnt nothing`
        : 'predictions differ from row to row';
    results.push({ gate: 'predictions.constant', passed: distinct > 1, value: distinct, limit: 2, reason });
  }
  const bounds = predictions ?? (candidate.probabilities === null && trainRange ? widened(trainRange) : {});
  if (bounds.min !== undefined) {
    const reason = `the smallest prediction is ${figure(min)}, at least ${figure(bounds.min)} is plausible`;
    results.push({ gate: 'predictions.min', passed: min >= bounds.min, value: min, limit: bounds.min, reason });
  }
  if (bounds.max !== undefined) {
    const reason = `the largest prediction is ${figure(max)}, at most ${figure(bounds.max)} is plausible`;
    results.push({ gate: 'predictions.max', passed: max <= bounds.max, value: max, limit: bounds.max, reason });
  }
  return results;
}

function widened({ min, max }: { readonly min: number; readonly max: number }): Bounds {
  const half = (max - min) / 2;
  return { min: min - half, max: max + half };
}
