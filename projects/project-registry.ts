import { InvalidInputError, NotFoundError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';
import { checkProject } from './check-project.js';
import { describeFailure, type ProjectFailure } from './project-failure.js';
import { requireDistinct } from './require-distinct.js';

export interface ProjectRegistry {
  readonly all: readonly ModelProject[];
  /** Folders that hold no usable project. */
  readonly failures: readonly ProjectFailure[];
  /**
   * @throws {InvalidInputError} when its folder is there and wrong, with file and reason
   * @throws {NotFoundError} with the names there are
   */
  byName(name: string): ModelProject;
  /**
   * The projects that run here. One whose folder is wrong is left out and told, the others run.
   *
   * @throws {NotFoundError} for a name without a folder
   * @throws {InvalidInputError} when two share a prefix or a port, or none is left
   */
  select(names: readonly string[]): { readonly projects: ModelProject[]; readonly failures: ProjectFailure[] };
}

/**
 * Projects by name.
 *
 * @throws {InvalidInputError} when one of `all` is wrong or two share a name
 */
export function createProjectRegistry(
  all: readonly ModelProject[],
  failures: readonly ProjectFailure[] = [],
): ProjectRegistry {
  const byName = new Map<string, ModelProject>();
  for (const project of all) {
    checkProject(project);
    if (byName.has(project.name)) throw new InvalidInputError(`two projects are named '${project.name}'`);
    byName.set(project.name, project);
  }
  const failureOf = (name: string) => failures.find(({ project }) => project === name);
  function find(name: string): ModelProject {
    const project = byName.get(name);
    if (project) return project;
    const failure = failureOf(name);
    if (failure) throw new InvalidInputError(`project '${name}' cannot be used: ${describeFailure(failure)}`);
    throw new NotFoundError(`there is no project '${name}'; known: ${[...byName.keys()].join(', ')}`);
  }
  return {
    all: [...byName.values()],
    failures,
    byName: find,
    select(names) {
      const wanted = [...new Set(names)];
      const failed = wanted.map(failureOf).filter((failure) => failure !== undefined);
      const projects = wanted.filter((name) => !failureOf(name)).map(find);
      if (projects.length === 0) {
        throw new InvalidInputError(`no project is left to run\n${failed.map(describeFailure).join('\n')}`);
      }
      requireDistinct(projects);
      return { projects, failures: failed };
    },
  };
}
