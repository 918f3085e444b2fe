import { type FieldProblem, InvalidInputError } from '../errors.js';

/** Features tried at each split: a count, a ratio in (0, 1) of all, all of them, or the square root of their number. */
export type MaxFeatures = number | 'all' | 'sqrt';

export interface ForestOptions {
  readonly task: 'regression' | 'classification';
  /** Classification: number of classes; the target holds 0 … classes−1. Default: the largest class seen + 1. */
  readonly classes?: number;
  /** Default 100. */
  readonly trees?: number;
  /** Longest way from the root to a leaf, in splits. Default 64, in practice unlimited. */
  readonly maxDepth?: number;
  /** Rows (drawn at least once) that each side of a split must keep. Default 1. */
  readonly minSamplesLeaf?: number;
  /** Rows that a node must hold to be split. Default 2. */
  readonly minSamplesSplit?: number;
  /** Default: all for regression, sqrt for classification. A number below 1 is a ratio, from 1 on a count. */
  readonly maxFeatures?: MaxFeatures;
  /** Grow best split first up to this many leaves. Default: no limit. */
  readonly maxLeafNodes?: number;
  /** Histogram bins per feature, 2 … 256. Default 256. */
  readonly maxBins?: number;
  /** Draw the rows of each tree with replacement. Default true. */
  readonly bootstrap?: boolean;
  /** Seed, an integer ≥ 0. Default 0. */
  readonly randomState?: number;
  /** One weight ≥ 0 per row. Default: all 1. */
  readonly sampleWeight?: Float64Array;
}

/** ForestOptions with every default filled in and every value checked. */
export interface ResolvedForestOptions extends Required<Omit<ForestOptions, 'sampleWeight' | 'maxFeatures'>> {
  /** Features tried at each split, 1 … features. */
  readonly maxFeatures: number;
  readonly sampleWeight: Float64Array | null;
}

/** An integer option with its bounds; `undefined` takes the default. */
export interface IntegerRule {
  readonly name: string;
  readonly value: unknown;
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
}

/** The checked integer, or the fallback with a problem added to `problems`. */
export function integerOption(rule: IntegerRule, problems: FieldProblem[]): number {
  const { name, value, minimum, maximum, fallback } = rule;
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  problems.push({ field: name, value, message: `must be an integer from ${minimum} to ${maximum}` });
  return fallback;
}

/** @throws {InvalidInputError} that lists every problem with its option, its value and what is allowed */
export function refuseProblems(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ field, value, message }) => `${field} ${message}, got ${describeValue(value)}`);
  throw new InvalidInputError(lines.join('; '), problems);
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  return ArrayBuffer.isView(value) ? value.constructor.name : String(value);
}
