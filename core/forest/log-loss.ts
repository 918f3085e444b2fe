import { type BoostingObjective, weightsOrOnes } from './boosting-objective.js';

/** Probabilities nearer to 0 or 1 than this count as this, so that no logarithm is infinite. */
const SMALLEST = 1e-15;

/** Logistic loss of two classes; the raw score is the log-odds of class 1. */
export function logisticLoss(y: Float64Array, sampleWeight: Float64Array | null, rows: Uint32Array): BoostingObjective {
  const weight = weightsOrOnes(sampleWeight, y.length);
  const [share] = classShares(y, weight, rows, 1, 1);
  const probability = (score: number) => 1 / (1 + Math.exp(-score));
  const start = Math.log(share! / (1 - share!));
  return {
    outputs: 1,
    unitWeights: false,
    baseline: Float64Array.of(start),
    scale: 1,
    prepare() {},
    fill(_, raw, of, rowStats) {
      for (let i = 0; i < of.length; i++) {
        const r = of[i]!;
        const p = probability(start + raw[r]!);
        rowStats[2 * r] = weight[r]! * (y[r]! - p);
        rowStats[2 * r + 1] = weight[r]! * p * (1 - p);
      }
    },
    loss(raw, of) {
      return meanLogLoss(of, weight, (r) => {
        const p = probability(start + raw[r]!);
        return y[r] === 1 ? p : 1 - p;
      });
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
  const weight = weightsOrOnes(sampleWeight, y.length);
  const n = y.length;
  const baseline = classShares(y, weight, rows, 0, classes).map(Math.log);
  const probabilities = new Float64Array(n * classes);
  const softmax = (raw: Float64Array, r: number) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, baseline[k]! + raw[k * n + r]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const power = Math.exp(baseline[k]! + raw[k * n + r]! - highest);
      probabilities[k * n + r] = power;
      sum += power;
    }
    for (let k = 0; k < classes; k++) probabilities[k * n + r]! /= sum;
  };
  return {
    outputs: classes,
    unitWeights: false,
    baseline,
    scale: 1,
    prepare(raw, of) {
      for (let i = 0; i < of.length; i++) softmax(raw, of[i]!);
    },
    fill(k, _, of, rowStats) {
      for (let i = 0; i < of.length; i++) {
        const r = of[i]!;
        const p = probabilities[k * n + r]!;
        rowStats[2 * r] = weight[r]! * ((y[r] === k ? 1 : 0) - p);
        rowStats[2 * r + 1] = weight[r]! * p * (1 - p);
      }
    },
    loss(raw, of) {
      return meanLogLoss(of, weight, (r) => {
        softmax(raw, r);
        return probabilities[y[r]! * n + r]!;
      });
    },
  };
}

/** Weighted shares of `count` classes from `first` on, kept off 0 and 1. */
function classShares(
  y: Float64Array,
  weight: Float64Array,
  rows: Uint32Array,
  first: number,
  count: number,
): Float64Array {
  const shares = new Float64Array(count);
  let total = 0;
  for (const r of rows) {
    const k = y[r]! - first;
    if (k >= 0 && k < count) shares[k]! += weight[r]!;
    total += weight[r]!;
  }
  return shares.map((sum) => Math.min(1 - SMALLEST, Math.max(SMALLEST, sum / total)));
}

function meanLogLoss(rows: Uint32Array, weight: Float64Array, probabilityOfTruth: (r: number) => number): number {
  let sum = 0;
  let total = 0;
  for (const r of rows) {
    sum -= weight[r]! * Math.log(Math.max(SMALLEST, probabilityOfTruth(r)));
    total += weight[r]!;
  }
  return sum / total;
}
