import { InvalidInputError, NotFoundError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';

export interface ProjectRegistry {
  readonly all: readonly ModelProject[];
  /** @throws {NotFoundError} with the names there are */
  byName(name: string): ModelProject;
}

/**
 * Checks what a project cannot check alone: names and prefixes that nobody else uses and that fit in S3 keys, metric
 * labels and schedule ids, and features that the input and the snapshot really have.
 *
 * @throws {InvalidInputError} naming the project at fault
 */
export function createProjectRegistry(all: readonly ModelProject[]): ProjectRegistry {
  const byName = new Map<string, ModelProject>();
  const byPrefix = new Map<string, string>();
  for (const project of all) {
    const { name, prefix, features, dataset, target } = project;
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
      throw new InvalidInputError(
        `project name '${name}' must be kebab-case: lower case letters, digits and single hyphens`,
      );
    }
    if (!/^[a-z][a-z0-9_-]*$/.test(prefix)) {
      throw new InvalidInputError(`project '${name}': prefix '${prefix}' may hold lower case letters, digits, _ and -`);
    }
    if (byName.has(name)) throw new InvalidInputError(`two projects are named '${name}'`);
    const owner = byPrefix.get(prefix);
    if (owner !== undefined)
      throw new InvalidInputError(`projects '${owner}' and '${name}' share the prefix '${prefix}'`);
    for (const column of [...features.map((feature) => feature.name), target.column]) {
      if (!dataset.columns.includes(column)) {
        throw new InvalidInputError(`project '${name}': '${column}' is not among the snapshot's columns`);
      }
    }
    byName.set(name, project);
    byPrefix.set(prefix, name);
  }
  return {
    all: [...byName.values()],
    byName(name) {
      const project = byName.get(name);
      if (project) return project;
      throw new NotFoundError(`there is no project '${name}'; known: ${[...byName.keys()].join(', ')}`);
    },
  };
}
