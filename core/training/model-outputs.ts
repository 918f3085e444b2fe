import { InvalidInputError } from '../errors.js';
import type { Forest } from '../forest/forest.js';
import type { Matrix } from '../forest/matrix.js';
import { predictBatch } from '../forest/predict-batch.js';
import { predictProbaBatch } from '../forest/predict-proba-batch.js';

/** What a model says about some rows. */
export interface ModelOutputs {
  /** Values in the target's unit, or class numbers; shape (n,). */
  readonly values: Float64Array;
  /** Class probabilities, row-major, shape (n, labels); null for regression. */
  readonly probabilities: Float64Array | null;
  /** Classes in the order of their numbers; empty for regression. */
  readonly labels: readonly string[];
}

/** @throws {InvalidInputError} when the forest tells other classes apart than the labels name */
export function modelOutputs(forest: Forest, X: Matrix, labels: readonly string[]): ModelOutputs {
  if (forest.task === 'regression') return { values: predictBatch(forest, X), probabilities: null, labels: [] };
  if (forest.classes !== labels.length) {
    throw new InvalidInputError(`the forest has ${forest.classes} classes, ${labels.length} labels name them`);
  }
  return { values: predictBatch(forest, X), probabilities: predictProbaBatch(forest, X), labels };
}

/**
 * The same outputs with the classes in another order: an incumbent may have learnt other classes than a candidate. A
 * class that the new order lacks gets the number −1, one that the model lacks the probability 0.
 */
export function inLabelOrder(outputs: ModelOutputs, labels: readonly string[]): ModelOutputs {
  const { values, probabilities, labels: own } = outputs;
  if (probabilities === null || (own.length === labels.length && own.every((label, k) => label === labels[k]))) {
    return outputs;
  }
  const numbers = own.map((label) => labels.indexOf(label));
  const reordered = new Float64Array(values.length * labels.length);
  for (let i = 0; i < values.length; i++) {
    numbers.forEach((to, from) => {
      if (to >= 0) reordered[i * labels.length + to] = probabilities[i * own.length + from]!;
    });
  }
  return { values: values.map((value) => numbers[value]!), probabilities: reordered, labels };
}
