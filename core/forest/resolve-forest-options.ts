import type { FieldProblem } from '../errors.js';
import {
  type ForestOptions,
  integerOption,
  type MaxFeatures,
  type ResolvedForestOptions,
  refuseProblems,
} from './forest-options.js';

const LARGEST_COUNT = 2 ** 31 - 1;

/**
 * Fills in the defaults and checks every option.
 *
 * @param features number of columns of X
 * @throws {InvalidInputError} naming each option at fault, its value and what is allowed
 */
export function resolveForestOptions(options: ForestOptions, features: number): ResolvedForestOptions {
  const problems: FieldProblem[] = [];
  const integer = (name: keyof ForestOptions, minimum: number, maximum: number, fallback: number) =>
    integerOption({ name, value: options[name], minimum, maximum, fallback }, problems);

  const { task, bootstrap = true } = options;
  if (task !== 'regression' && task !== 'classification') {
    problems.push({ field: 'task', value: task, message: 'must be "regression" or "classification"' });
  }
  if (typeof bootstrap !== 'boolean') {
    problems.push({ field: 'bootstrap', value: bootstrap, message: 'must be true or false' });
  }
  const resolved: ResolvedForestOptions = {
    task,
    classes: task === 'classification' ? integer('classes', 1, 1024, 0) : 0,
    trees: integer('trees', 1, 100_000, 100),
    maxDepth: integer('maxDepth', 1, 512, 64),
    minSamplesLeaf: integer('minSamplesLeaf', 1, LARGEST_COUNT, 1),
    minSamplesSplit: integer('minSamplesSplit', 2, LARGEST_COUNT, 2),
    maxFeatures: countFeatures(options.maxFeatures ?? (task === 'regression' ? 'all' : 'sqrt'), features, problems),
    maxLeafNodes: integer('maxLeafNodes', 2, LARGEST_COUNT, LARGEST_COUNT),
    maxBins: integer('maxBins', 2, 256, 256),
    bootstrap,
    randomState: integer('randomState', 0, Number.MAX_SAFE_INTEGER, 0),
    sampleWeight: options.sampleWeight ?? null,
  };
  refuseProblems(problems);
  return resolved;
}

/** Number of features tried at each split; a problem is added when the option does not fit. */
export function countFeatures(maxFeatures: MaxFeatures, features: number, problems: FieldProblem[]): number {
  if (maxFeatures === 'all') return features;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(features)));
  if (typeof maxFeatures === 'number' && maxFeatures > 0) {
    if (maxFeatures < 1) return Math.max(1, Math.floor(maxFeatures * features));
    if (Number.isInteger(maxFeatures) && maxFeatures <= features) return maxFeatures;
  }
  problems.push({
    field: 'maxFeatures',
    value: maxFeatures,
    message: `must be "all", "sqrt", a ratio between 0 and 1, or an integer from 1 to ${features} (the features there are)`,
  });
  return features;
}
