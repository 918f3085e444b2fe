import { InvalidInputError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';

/**
 * Features by name from a list in the order of the project's features; what is by name already stays as it is.
 *
 * @throws {InvalidInputError} when the list has more values than there are features
 */
export function fromFeatures(
  { features, name }: Pick<ModelProject, 'features' | 'name'>,
  given: readonly unknown[] | Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!Array.isArray(given)) return given as Readonly<Record<string, unknown>>;
  if (given.length > features.length) {
    const names = features.map((feature) => feature.name).join(', ');
    const message = `features must have at most ${features.length} values (${names}) for ${name}, got ${given.length}`;
    throw new InvalidInputError(message, [{ field: 'features', message }]);
  }
  return Object.fromEntries(given.map((value, i) => [features[i]!.name, value]));
}
