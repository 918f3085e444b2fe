import { type BoostingObjective, take, takeWeights } from './boosting-objective.js';

/**
 * Squared error; the trees fit the residuals. y is centred on its weighted mean over `rows` and scaled to at most 1,
 * so that raw scores start from 0.
 */
export function squaredError(y: Float64Array, sampleWeight: Float64Array | null, rows: Uint32Array): BoostingObjective {
  let mean = 0;
  let total = 0;
  for (const r of rows) {
    const weight = sampleWeight === null ? 1 : sampleWeight[r]!;
    total += weight;
    if (total > 0) mean += (weight / total) * (y[r]! - mean);
  }
  let scale = 0;
  for (const r of rows) scale = Math.max(scale, Math.abs(y[r]! - mean));
  if (scale === 0) scale = 1;
  return {
    outputs: 1,
    unitWeights: sampleWeight === null,
    baseline: Float64Array.of(mean),
    scale,
    on(of) {
      const target = take(y, of).map((value) => (value - mean) / scale);
      const weight = takeWeights(sampleWeight, of);
      const raw = new Float64Array(of.length);
      return {
        raw,
        prepare() {},
        fill(_, s, w) {
          for (let i = 0; i < s.length; i++) s[i] = weight[i]! * (target[i]! - raw[i]!);
          w?.set(weight);
        },
        losses(out) {
          for (let i = 0; i < out.length; i++) out[i] = weight[i]! * (target[i]! - raw[i]!) ** 2;
        },
      };
    },
  };
}
