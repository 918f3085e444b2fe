import { InvalidInputError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';

type Features = ModelProject['features'];

/** A number in quotation marks: forms can send nothing else, a list of JSON values can. */
const isQuotedNumber = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));

function expected(features: Features, name: string): string {
  return `${features.length} values (${features.map((feature) => feature.name).join(', ')}) for ${name}`;
}

/**
 * Features by name from a list in the order of the project's features; what is by name already stays as it is. A list may
 * be shorter where the project's last inputs are optional: what is missing is told by the project's own schema.
 *
 * @throws {InvalidInputError} when the list has more values than there are features, or a quoted number for a number
 */
export function fromFeatures(
  { features, name }: Pick<ModelProject, 'features' | 'name'>,
  given: readonly unknown[] | Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!Array.isArray(given)) return given as Readonly<Record<string, unknown>>;
  if (given.length > features.length) {
    const message = `features must have at most ${expected(features, name)}, got ${given.length}`;
    throw new InvalidInputError(message, [{ field: 'features', message }]);
  }
  const quoted = features.flatMap((feature, i) =>
    feature.kind === 'numeric' && isQuotedNumber(given[i]) ? [{ field: feature.name, value: given[i] as unknown }] : [],
  );
  if (quoted.length > 0) {
    const problems = quoted.map(({ field, value }) => {
      return { field, value, message: `${field} must be a number, got the text ${JSON.stringify(value)}` };
    });
    throw new InvalidInputError(problems.map(({ message }) => message).join('; '), problems);
  }
  return Object.fromEntries(given.map((value, i) => [features[i]!.name, value]));
}

/**
 * The same checked: a list of another length says so beside what is missing.
 *
 * @param parse reads the features by name
 */
export function withExpectedLength<T>(
  { features, name }: Pick<ModelProject, 'features' | 'name'>,
  given: unknown,
  parse: () => T,
): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidInputError && Array.isArray(given) && given.length < features.length)) throw error;
    throw new InvalidInputError(
      `expected ${expected(features, name)}, got ${given.length}: ${error.message}`,
      error.problems,
      { cause: error },
    );
  }
}
