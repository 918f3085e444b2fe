import type { Forest } from './forest.js';

/** The most probable class of the raw scores at `scores[at …]`; the first of equals. */
export function classOf(forest: Forest, scores: Float64Array, at: number): number {
  const outputs = forest.baseline.length;
  // two-class boosting has the log-odds of class 1
  if (outputs === 1) return forest.classes === 2 && scores[at]! > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) if (scores[at + k]! > scores[at + best]!) best = k;
  return best;
}

/** Writes the probability of every class at `out[outAt …]`, from the raw scores at `scores[at …]`. */
export function linkClasses(forest: Forest, scores: Float64Array, at: number, out: Float64Array, outAt: number): void {
  const { algorithm, classes, baseline } = forest;
  if (algorithm === 'forest') {
    for (let k = 0; k < classes; k++) out[outAt + k] = scores[at + k]!;
  } else if (baseline.length === 1) {
    const probability = 1 / (1 + Math.exp(-scores[at]!));
    out[outAt] = 1 - probability;
    out[outAt + 1] = probability;
  } else {
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, scores[at + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const power = Math.exp(scores[at + k]! - highest);
      out[outAt + k] = power;
      sum += power;
    }
    for (let k = 0; k < classes; k++) out[outAt + k]! /= sum;
  }
}
