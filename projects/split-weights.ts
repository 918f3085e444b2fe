import { InvalidInputError } from '../core/errors.js';
import type { SplitSettings } from '../core/project.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The share of a variant that is not given. */
const USUAL_WEIGHT = 50;

function weight(environment: Environment, variable: string): number {
  const text = environment[variable]?.trim() ?? '';
  if (text === '') return USUAL_WEIGHT;
  const value = /^\+?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new InvalidInputError(`${variable} is ${JSON.stringify(text)}: a weight is a number from 0 up, such as 50`);
}

/**
 * The candidate's share in percent, to two decimals, from the variables that a project names for the two weights.
 * Weights are proportions: 2 and 1 send a third to the candidate.
 *
 * @returns null when the project names none, or neither is set
 * @throws {InvalidInputError} when one is negative or no number, or both are 0
 */
export function candidateShare(split: SplitSettings | undefined, environment: Environment): number | null {
  if (!split?.weightVariables) return null;
  const { production, candidate } = split.weightVariables;
  if (!environment[production] && !environment[candidate]) return null;
  const [own, other] = [weight(environment, candidate), weight(environment, production)];
  if (own + other === 0)
    throw new InvalidInputError(`${production} and ${candidate} are both 0: no variant would get a request`);
  return Math.round((own / (own + other)) * 10_000) / 100;
}
