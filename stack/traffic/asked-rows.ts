import { createRawDataSource } from '../../adapters/raw-data.js';
import type { Row, Value } from '../../core/dataset/row.js';
import { InvalidInputError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';

/** What a visitor asks about, and what turns out true. */
export interface AskedRow {
  readonly input: Readonly<Record<string, Value>>;
  readonly actual: number | string;
}

const DAY_MS = 86_400_000;

/** A row as a request says it: dates, which a model sees as days, are text there. Null when it cannot be asked. */
function asRequest({ input, features }: ModelProject, row: Row): Record<string, Value> | null {
  const given = Object.fromEntries(features.map(({ name }) => [name, row[name] ?? null]));
  const first = input.safeParse(given);
  if (first.success) return given;
  for (const { path } of first.error.issues) {
    const days = given[String(path[0])];
    if (typeof days === 'number') given[String(path[0])] = new Date(days * DAY_MS).toISOString().slice(0, 10);
  }
  return input.safeParse(given).success ? given : null;
}

/**
 * The rows of a project's own data as requests with their true values.
 *
 * @throws {InvalidInputError} when none of them can be asked
 */
export async function askedRows(project: ModelProject, environment: NodeJS.ProcessEnv): Promise<AskedRow[]> {
  const { rows } = project.dataset.clean(await createRawDataSource(environment).read(project));
  const asked = rows.flatMap((row) => {
    const input = asRequest(project, row);
    const actual = row[project.target.column] ?? null;
    return input === null || actual === null ? [] : [{ input, actual }];
  });
  if (asked.length === 0) throw new InvalidInputError(`no row of ${project.name}'s data can be sent as a request`);
  return asked;
}
