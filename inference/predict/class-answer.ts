import type { Row } from '../../core/dataset/row.js';
import { predictProba } from '../../core/forest/predict-proba.js';
import type { ServedModel } from '../model/served-model.js';

/** What a classification says beside the number of its class. */
export interface ClassAnswer {
  /** Name of the most probable class. */
  readonly class: string;
  /** Probability of each class by its name; they add up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** The class by name and all probabilities of one row; null for a regression model. */
export function classAnswer(model: ServedModel, row: Row, prediction: number): ClassAnswer | null {
  const { forest, document } = model;
  if (forest.task !== 'classification') return null;
  const names = document.classes ?? Array.from({ length: forest.classes }, (_, k) => String(k));
  const probabilities = predictProba(forest, model.encode(row));
  return {
    class: names[prediction]!,
    probabilities: Object.fromEntries(names.map((name, k) => [name, probabilities[k]!])),
  };
}
