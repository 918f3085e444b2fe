import { type BoostingObjective, weightsOrOnes } from './boosting-objective.js';

/**
 * Squared error; the trees fit the residuals. y is centred on its weighted mean over `rows` and scaled to at most 1,
 * so that raw scores start from 0.
 */
export function squaredError(y: Float64Array, sampleWeight: Float64Array | null, rows: Uint32Array): BoostingObjective {
  const weight = weightsOrOnes(sampleWeight, y.length);
  let mean = 0;
  let total = 0;
  for (const r of rows) {
    total += weight[r]!;
    if (total > 0) mean += (weight[r]! / total) * (y[r]! - mean);
  }
  let scale = 0;
  for (const r of rows) scale = Math.max(scale, Math.abs(y[r]! - mean));
  if (scale === 0) scale = 1;
  const target = y.map((value) => (value - mean) / scale);
  return {
    outputs: 1,
    unitWeights: sampleWeight === null,
    baseline: Float64Array.of(mean),
    scale,
    prepare() {},
    fill(_, raw, of, rowStats) {
      for (let i = 0; i < of.length; i++) {
        const r = of[i]!;
        rowStats[2 * r] = weight[r]! * (target[r]! - raw[r]!);
        rowStats[2 * r + 1] = weight[r]!;
      }
    },
    loss(raw, of) {
      let sum = 0;
      let weights = 0;
      for (const r of of) {
        sum += weight[r]! * (target[r]! - raw[r]!) ** 2;
        weights += weight[r]!;
      }
      return sum / weights;
    },
  };
}
