import { type FieldProblem, InvalidInputError } from '../errors.js';
import { RandomStream } from './random.js';

/** What one hyperparameter may be. Numbers are drawn evenly, or evenly in their logarithm. */
export type SearchDimension =
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'integer'; readonly from: number; readonly to: number; readonly scale?: 'linear' | 'log' }
  | { readonly kind: 'number'; readonly from: number; readonly to: number; readonly scale?: 'linear' | 'log' };

/** The hyperparameters to search, by name. Both ends of a range belong to it. */
export type SearchSpace = Readonly<Record<string, SearchDimension>>;

export type TrialParameters = Readonly<Record<string, string | number | boolean>>;

/**
 * Draws trials from a space. Trial i depends on (space, randomState, i) alone, so that asking for more trials keeps
 * those there were.
 *
 * @param trials 1 … 10,000
 * @throws {InvalidInputError} when the space is not well formed or `trials` is out of range
 */
export function sampleTrials(space: SearchSpace, trials: number, randomState: number): TrialParameters[] {
  checkSearchSpace(space);
  if (!Number.isInteger(trials) || trials < 1 || trials > 10_000) {
    throw new InvalidInputError(`trials must be an integer from 1 to 10000, got ${trials}`);
  }
  // in order of names, so that the order of declaration does not matter
  const dimensions = Object.entries(space).sort(([a], [b]) => (a < b ? -1 : 1));
  return Array.from({ length: trials }, (_, trial) => {
    const random = new RandomStream(randomState, trial);
    return Object.fromEntries(dimensions.map(([name, dimension]) => [name, draw(dimension, random)]));
  });
}

/** @throws {InvalidInputError} listing every dimension that is not well formed */
function checkSearchSpace(space: SearchSpace): void {
  const problems: FieldProblem[] = [];
  for (const [field, dimension] of Object.entries(space)) {
    const message = problemOf(dimension);
    if (message !== null) problems.push({ field, value: dimension, message });
  }
  if (problems.length > 0) {
    throw new InvalidInputError(problems.map(({ field, message }) => `${field} ${message}`).join('; '), problems);
  }
}

function problemOf(dimension: SearchDimension): string | null {
  if (dimension.kind === 'choice') return dimension.values.length > 0 ? null : 'has no values to choose from';
  const { from, to, scale } = dimension;
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to) return `needs from ≤ to, got ${from} and ${to}`;
  if (scale === 'log' && from <= 0) return `needs from > 0 on a logarithmic scale, got ${from}`;
  if (dimension.kind === 'integer' && !(Number.isInteger(from) && Number.isInteger(to))) {
    return `needs whole numbers, got ${from} and ${to}`;
  }
  return null;
}

function draw(dimension: SearchDimension, random: RandomStream): string | number | boolean {
  if (dimension.kind === 'choice') return dimension.values[random.below(dimension.values.length)]!;
  const { kind, from, to, scale } = dimension;
  const share = random.uniform();
  // an integer stands for the unit interval around it
  const low = kind === 'integer' ? from - 0.5 : from;
  const high = kind === 'integer' ? to + 0.5 : to;
  const value = scale === 'log' ? low * (high / low) ** share : low + (high - low) * share;
  if (kind === 'number') return Math.min(to, Math.max(from, value));
  return Math.min(to, Math.max(from, Math.round(value)));
}
