import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../activities/ports.js';
import type { TableFormat } from '../../core/batch/plan-chunks.js';
import { ConflictError, InvalidInputError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';

type Prefixed = Pick<ModelProject, 'prefix'>;

/** Content types of tables that a batch job reads. */
export const tableTypes: Readonly<Record<string, TableFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
};

/** Where tables of a project lie: nothing else in the bucket can be named as one. */
const tableFolder = ({ prefix }: Prefixed) => `${prefix}/batch/`;

/**
 * Keeps a table that came with the request, once however often it is sent.
 *
 * @throws {InvalidInputError} when it is empty
 */
export async function keepTable(
  objects: ObjectStore,
  project: Prefixed,
  bytes: Buffer,
  contentType: string,
): Promise<{ key: string; format: TableFormat }> {
  if (bytes.length === 0) throw new InvalidInputError('the table is empty: send the file itself as the body');
  const format = tableTypes[contentType]!;
  const key = `${tableFolder(project)}inputs/${createHash('sha256').update(bytes).digest('hex')}.${format}`;
  try {
    await objects.put(key, bytes, { contentType, onlyIfNew: true });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // the same bytes are there already
  }
  return { key, format };
}

/**
 * Checks a table that is in the bucket already.
 *
 * @throws {InvalidInputError} when it does not lie in the project's folder, is empty, or its format cannot be told
 * @throws {NotFoundError} when there is no such object
 */
export async function checkTable(
  objects: ObjectStore,
  project: Prefixed,
  key: string,
  format: TableFormat | undefined,
): Promise<{ key: string; format: TableFormat }> {
  const folder = tableFolder(project);
  if (!key.startsWith(folder) || key.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new InvalidInputError(`key must name an object under ${folder}, got ${key}`);
  }
  const told = format ?? (/\.csv$/i.test(key) ? 'csv' : /\.(ndjson|jsonl)$/i.test(key) ? 'ndjson' : undefined);
  if (!told) throw new InvalidInputError(`the format of ${key} cannot be told from its name: say csv or ndjson`);
  if ((await objects.size(key)) === 0) throw new InvalidInputError(`${key} is empty`);
  return { key, format: told };
}
