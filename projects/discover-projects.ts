import { existsSync, readdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidInputError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';
import { checkProject } from './check-project.js';
import type { ProjectFailure } from './project-failure.js';

interface Discovered {
  readonly projects: readonly ModelProject[];
  readonly failures: readonly ProjectFailure[];
}

const looksLikeProject = (value: unknown) =>
  typeof value === 'object' && value !== null && 'dataset' in value && 'features' in value;

/** The one project that a module exports, under whatever name. */
function exportedProject(module: object): unknown {
  const found = [...new Set(Object.values(module).filter(looksLikeProject))];
  if (found.length === 1) return found[0];
  throw new InvalidInputError(
    `must export exactly one project made with defineModelProject, exports ${found.length === 0 ? 'none' : found.length}`,
  );
}

/** An error of a module as one line: what, and where a compiler says it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = 'failed to load', ...more] = error.message.split('\n').filter((line) => line.trim() !== '');
  const place = more.find((line) => /\.[cm]?[jt]s:\d+:\d+/.test(line));
  return place ? `${first} ${place.trim()}` : first;
}

async function loadProject(folder: URL, file: URL): Promise<ModelProject> {
  const project = checkProject(exportedProject((await import(file.href)) as object));
  const name = basename(fileURLToPath(folder));
  if (project.name !== name) {
    throw new InvalidInputError(`the project is named '${project.name}', its folder '${name}': they must be the same`);
  }
  return project;
}

/**
 * Every folder under `root` with a `project.ts` (compiled: `project.js`) is a model project. One that cannot be loaded or
 * is wrong becomes a failure; the others stand.
 *
 * @returns projects by name, in alphabetical order
 */
export async function discoverProjects(root: URL): Promise<Discovered> {
  const projects: ModelProject[] = [];
  const failures: ProjectFailure[] = [];
  const shown = (file: URL) => relative(fileURLToPath(new URL('..', root)), fileURLToPath(file));
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || entry.isSymbolicLink(),
  );
  for (const { name } of folders.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = new URL(`${encodeURIComponent(name)}/`, root);
    const file = ['project.ts', 'project.js'].map((entry) => new URL(entry, folder)).find((entry) => existsSync(entry));
    if (!file) continue;
    try {
      projects.push(await loadProject(folder, file));
    } catch (error) {
      failures.push({ project: name, file: shown(file), reason: reasonOf(error) });
    }
  }
  return { projects, failures };
}
