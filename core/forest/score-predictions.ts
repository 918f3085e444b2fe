/**
 * R² for regression, the share of right classes for classification (scikit-learn's `score`).
 * R² of a constant target is 1 when every prediction is right, else 0.
 *
 * @param y shape (n,) @param predictions shape (n,), NaN = not predicted, left out
 * @returns NaN when nothing was predicted
 */
export function scorePredictions(
  task: 'regression' | 'classification',
  y: Float64Array,
  predictions: Float64Array,
): number {
  let count = 0;
  let mean = 0;
  let right = 0;
  for (let r = 0; r < y.length; r++) {
    if (Number.isNaN(predictions[r]!)) continue;
    count++;
    mean += (y[r]! - mean) / count;
    if (predictions[r] === y[r]) right++;
  }
  if (count === 0) return Number.NaN;
  if (task === 'classification') return right / count;
  let error = 0;
  let spread = 0;
  for (let r = 0; r < y.length; r++) {
    if (Number.isNaN(predictions[r]!)) continue;
    error += (y[r]! - predictions[r]!) ** 2;
    spread += (y[r]! - mean) ** 2;
  }
  if (spread === 0) return error === 0 ? 1 : 0;
  return 1 - error / spread;
}
