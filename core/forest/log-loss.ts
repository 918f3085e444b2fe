import { type BoostingObjective, take, takeWeights } from './boosting-objective.js';

/** Probabilities nearer to 0 or 1 than this count as this, so that no logarithm is infinite. */
const SMALLEST = 1e-15;

/** Logistic loss of two classes; the raw score is the log-odds of class 1. */
export function logisticLoss(y: Float64Array, sampleWeight: Float64Array | null, rows: Uint32Array): BoostingObjective {
  const [share] = classShares(y, sampleWeight, rows, 1, 1);
  const probability = (score: number) => 1 / (1 + Math.exp(-score));
  const start = Math.log(share! / (1 - share!));
  return {
    outputs: 1,
    unitWeights: false,
    baseline: Float64Array.of(start),
    scale: 1,
    on(of) {
      const target = take(y, of);
      const weight = takeWeights(sampleWeight, of);
      const raw = new Float64Array(of.length);
      return {
        raw,
        prepare() {},
        fill(_, s, w) {
          for (let i = 0; i < s.length; i++) {
            const p = probability(start + raw[i]!);
            s[i] = weight[i]! * (target[i]! - p);
            w![i] = weight[i]! * p * (1 - p);
          }
        },
        losses(out) {
          for (let i = 0; i < out.length; i++) {
            const p = probability(start + raw[i]!);
            out[i] = weight[i]! * logLoss(target[i] === 1 ? p : 1 - p);
          }
        },
      };
    },
  };
}

/** Multinomial loss; one raw score per class, their softmax is the probability. */
export function multinomialLoss(
  y: Float64Array,
  sampleWeight: Float64Array | null,
  rows: Uint32Array,
  classes: number,
): BoostingObjective {
  const baseline = classShares(y, sampleWeight, rows, 0, classes).map(Math.log);
  return {
    outputs: classes,
    unitWeights: false,
    baseline,
    scale: 1,
    on(of) {
      const count = of.length;
      const target = take(y, of);
      const weight = takeWeights(sampleWeight, of);
      const raw = new Float64Array(count * classes);
      const probabilities = new Float64Array(count * classes);
      const prepare = () => {
        for (let i = 0; i < count; i++) softmax(raw, baseline, probabilities, i, count);
      };
      return {
        raw,
        prepare,
        fill(k, s, w) {
          for (let i = 0; i < count; i++) {
            const p = probabilities[k * count + i]!;
            s[i] = weight[i]! * ((target[i] === k ? 1 : 0) - p);
            w![i] = weight[i]! * p * (1 - p);
          }
        },
        losses(out) {
          prepare();
          for (let i = 0; i < count; i++) out[i] = weight[i]! * logLoss(probabilities[target[i]! * count + i]!);
        },
      };
    },
  };
}

/** Writes the probabilities of row i. */
function softmax(raw: Float64Array, baseline: Float64Array, out: Float64Array, i: number, count: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < baseline.length; k++) highest = Math.max(highest, baseline[k]! + raw[k * count + i]!);
  let sum = 0;
  for (let k = 0; k < baseline.length; k++) {
    const power = Math.exp(baseline[k]! + raw[k * count + i]! - highest);
    out[k * count + i] = power;
    sum += power;
  }
  for (let k = 0; k < baseline.length; k++) out[k * count + i]! /= sum;
}

/** Weighted shares of `count` classes from `first` on, kept off 0 and 1. */
function classShares(
  y: Float64Array,
  sampleWeight: Float64Array | null,
  rows: Uint32Array,
  first: number,
  count: number,
): Float64Array {
  const shares = new Float64Array(count);
  let total = 0;
  for (const r of rows) {
    const weight = sampleWeight === null ? 1 : sampleWeight[r]!;
    const k = y[r]! - first;
    if (k >= 0 && k < count) shares[k]! += weight;
    total += weight;
  }
  return shares.map((sum) => Math.min(1 - SMALLEST, Math.max(SMALLEST, sum / total)));
}

function logLoss(probabilityOfTruth: number): number {
  return -Math.log(Math.max(SMALLEST, probabilityOfTruth));
}
