import type { FieldProblem } from '../errors.js';
import { integerOption, type MaxFeatures, refuseProblems } from './forest-options.js';
import { countFeatures } from './resolve-forest-options.js';

export interface EarlyStopping {
  /** Share of the rows held out to watch the loss, (0, 1). Default 0.1. */
  readonly validationRatio?: number;
  /** Iterations without improvement after which boosting stops. Default 10. */
  readonly patience?: number;
}

export interface BoostingOptions {
  readonly task: 'regression' | 'classification';
  /** Classification: number of classes; the target holds 0 … classes−1. Default: the largest class seen + 1. */
  readonly classes?: number;
  /** Trees (per class when there are more than two). Default 100. */
  readonly iterations?: number;
  /** Share of each tree's correction that is taken over, (0, 1]. Default 0.1. */
  readonly learningRate?: number;
  /** Default 64, in practice unlimited. */
  readonly maxDepth?: number;
  /** Trees grow best split first up to this many leaves. Default 31. */
  readonly maxLeafNodes?: number;
  /** Default 20. */
  readonly minSamplesLeaf?: number;
  /** Added to the weight of every leaf. Default 0. */
  readonly l2?: number;
  /** Features tried at each split. Default all. */
  readonly maxFeatures?: MaxFeatures;
  /** Histogram bins per feature, 2 … 256. Default 256. */
  readonly maxBins?: number;
  /** Seed, an integer ≥ 0. Default 0. */
  readonly randomState?: number;
  /** One weight ≥ 0 per row. Default: all 1. */
  readonly sampleWeight?: Float64Array;
  /** Default: none, all iterations are made. The trees up to the smallest validation loss are kept. */
  readonly earlyStopping?: EarlyStopping;
}

/** BoostingOptions with every default filled in and every value checked. */
export interface ResolvedBoostingOptions
  extends Required<Omit<BoostingOptions, 'sampleWeight' | 'maxFeatures' | 'earlyStopping'>> {
  readonly maxFeatures: number;
  readonly minSamplesSplit: number;
  readonly sampleWeight: Float64Array | null;
  readonly earlyStopping: Required<EarlyStopping> | null;
}

const LARGEST_COUNT = 2 ** 31 - 1;

/** @throws {InvalidInputError} naming each option at fault, its value and what is allowed */
export function resolveBoostingOptions(options: BoostingOptions, features: number): ResolvedBoostingOptions {
  const problems: FieldProblem[] = [];
  const integer = (name: keyof BoostingOptions, minimum: number, maximum: number, fallback: number) =>
    integerOption({ name, value: options[name], minimum, maximum, fallback }, problems);
  const { task, earlyStopping } = options;
  if (task !== 'regression' && task !== 'classification') {
    problems.push({ field: 'task', value: task, message: 'must be "regression" or "classification"' });
  }
  const number = (field: string, value: number, allowed: boolean, message: string) => {
    if (!allowed) problems.push({ field, value, message });
    return value;
  };
  const { learningRate = 0.1, l2 = 0 } = options;
  const validationRatio = earlyStopping?.validationRatio ?? 0.1;
  const resolved: ResolvedBoostingOptions = {
    task,
    classes: task === 'classification' ? integer('classes', 1, 1024, 0) : 0,
    iterations: integer('iterations', 1, 100_000, 100),
    learningRate: number(
      'learningRate',
      learningRate,
      learningRate > 0 && learningRate <= 1,
      'must be above 0 and at most 1',
    ),
    maxDepth: integer('maxDepth', 1, 512, 64),
    maxLeafNodes: integer('maxLeafNodes', 2, LARGEST_COUNT - 1, 31),
    minSamplesLeaf: integer('minSamplesLeaf', 1, LARGEST_COUNT, 20),
    minSamplesSplit: 2,
    l2: number('l2', l2, l2 >= 0 && l2 < Number.POSITIVE_INFINITY, 'must be a number ≥ 0'),
    maxFeatures: countFeatures(options.maxFeatures ?? 'all', features, problems),
    maxBins: integer('maxBins', 2, 256, 256),
    randomState: integer('randomState', 0, Number.MAX_SAFE_INTEGER, 0),
    sampleWeight: options.sampleWeight ?? null,
    earlyStopping: earlyStopping
      ? {
          validationRatio: number(
            'earlyStopping.validationRatio',
            validationRatio,
            validationRatio > 0 && validationRatio < 1,
            'must be between 0 and 1',
          ),
          patience: integerOption(
            {
              name: 'earlyStopping.patience',
              value: earlyStopping.patience,
              minimum: 1,
              maximum: 100_000,
              fallback: 10,
            },
            problems,
          ),
        }
      : null,
  };
  refuseProblems(problems);
  return resolved;
}
