import { InvalidInputError } from '../errors.js';

/** How good a classifier's answers are. A type, not an interface: it is stored as a record of numbers. */
export type ClassificationMetrics = {
  /** Share of right classes. */
  readonly accuracy: number;
  /** Mean of the classes' F1, over the classes that occur in the truth or in the predictions. */
  readonly macroF1: number;
  /** Mean −ln of the probability given to the true class, probabilities at least 1e-15; 0 = sure and right. */
  readonly logLoss: number;
  /** `precision_{label}`, `recall_{label}` and `f1_{label}` of each class; none when there are more than 50. */
  readonly [ofClass: string]: number;
};

/** Beyond this many classes the figures of each would bury those of the whole. */
const MOST_CLASSES_TOLD = 50;
/** The smallest probability counted: one sure and wrong answer must not make the whole infinite. */
const LEAST_PROBABILITY = 1e-15;

/**
 * @param actual class numbers, shape (n,), n ≥ 1
 * @param predicted class numbers, shape (n,)
 * @param probabilities row-major, shape (n, classes)
 * @param labels the classes' names in the order of their numbers, shape (classes,)
 * @returns precision, recall and F1 are 0 where nothing counts, as in scikit-learn with zero_division = 0
 * @throws {InvalidInputError} if n = 0, the shapes differ, or a class number is out of range
 */
export function classificationMetrics(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  labels: readonly string[],
): ClassificationMetrics {
  const n = actual.length;
  const classes = labels.length;
  if (n === 0 || predicted.length !== n || probabilities.length !== n * classes) {
    throw new InvalidInputError(
      `expected shapes (n,), (n,) and (n, ${classes}) with n ≥ 1, got (${n},), (${predicted.length},) and ${probabilities.length} probabilities`,
    );
  }
  const [truths, answers, hits] = [0, 1, 2].map(() => new Uint32Array(classes)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  let right = 0;
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const [truth, answer] = [actual[i]!, predicted[i]!];
    if (!(truth in truths) || !(answer in answers)) {
      throw new InvalidInputError(`row ${i}: classes ${truth} and ${answer} must be 0 to ${classes - 1}`);
    }
    truths[truth]! += 1;
    answers[answer]! += 1;
    if (truth === answer) {
      hits[truth]! += 1;
      right++;
    }
    loss -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * classes + truth]!));
  }

  const ofClasses: Record<string, number> = {};
  let f1Sum = 0;
  let occurring = 0;
  for (let k = 0; k < classes; k++) {
    const f1 = (2 * hits[k]!) / Math.max(1, truths[k]! + answers[k]!);
    if (truths[k]! + answers[k]! > 0) {
      f1Sum += f1;
      occurring++;
    }
    if (classes > MOST_CLASSES_TOLD) continue;
    ofClasses[`precision_${labels[k]}`] = hits[k]! / Math.max(1, answers[k]!);
    ofClasses[`recall_${labels[k]}`] = hits[k]! / Math.max(1, truths[k]!);
    ofClasses[`f1_${labels[k]}`] = f1;
  }
  return { ...ofClasses, accuracy: right / n, macroF1: f1Sum / occurring, logLoss: loss / n };
}
