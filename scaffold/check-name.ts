import { ConflictError, InvalidInputError } from '../core/errors.js';

/** Folders beside the projects that are none. */
const TAKEN = ['tabular', 'index', 'node-modules'];

/**
 * @param known names of projects that there are
 * @throws {InvalidInputError} when the name does not fit in keys, labels and folders
 * @throws {ConflictError} when it is taken
 */
export function checkName(name: string, known: readonly string[]): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new InvalidInputError(
      `'${name}' cannot name a project: use up to 40 lower case letters, digits and single hyphens, such as house-prices`,
    );
  }
  if (known.includes(name)) throw new ConflictError(`there is a project '${name}' already: it is not overwritten`);
  if (TAKEN.includes(name)) throw new InvalidInputError(`'${name}' is not free for a project: choose another name`);
}
