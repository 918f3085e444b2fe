import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ObjectStore, RawDataSource } from '../activities/ports.js';
import { DatasetInvalidError, DomainError } from '../core/errors.js';
import type { ModelProject, RawSource } from '../core/project.js';
import { queryCsv } from './postgres/query-csv.js';

/** What the kinds of sources need beyond their own declaration. */
export interface RawDataReach {
  /** The bucket of the artifacts, or another one of the same server. */
  readonly bucket?: (name: string | undefined) => Pick<ObjectStore, 'get'>;
}

type Environment = Readonly<Record<string, unknown>>;

async function readText(path: string | URL, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const shown = path instanceof URL ? fileURLToPath(path) : path;
    const { code } = error as NodeJS.ErrnoException;
    throw new DatasetInvalidError(`${what} names ${shown}, which cannot be read (${code})`, { cause: error });
  }
}

async function readSource(source: RawSource, project: string, environment: Environment, { bucket }: RawDataReach) {
  switch (source.kind) {
    case 'file':
      return readText(source.path, `the dataset of ${project}`);
    case 's3': {
      if (!bucket)
        throw new DatasetInvalidError(`the dataset of ${project} is in S3, which this process does not reach`);
      return new TextDecoder().decode(await bucket(source.bucket).get(source.key));
    }
    case 'postgres': {
      const variable = source.urlVariable ?? 'DATABASE_URL';
      const url = environment[variable];
      if (typeof url !== 'string' || url === '') {
        throw new DatasetInvalidError(`the dataset of ${project} is a query, but ${variable} is not set`);
      }
      return queryCsv(url, source.query);
    }
    case 'package':
      try {
        return await source.read();
      } catch (error) {
        if (error instanceof DomainError) throw error;
        const { message } = error as Error;
        throw new DatasetInvalidError(`the npm package ${source.package} gives no data for ${project}: ${message}`, {
          cause: error,
        });
      }
    case 'upload':
      throw new DatasetInvalidError(
        `${project} learns from uploads and has none yet: send one with POST /api/datasets?project=${project}`,
      );
  }
}

/**
 * What was uploaded last, else the file that the project's variable names, else its declared source, else what its
 * generator makes.
 *
 * @param environment where the variables that projects name are looked up
 * @param uploaded the text of a project's latest upload, null when there is none
 */
export function createRawDataSource(
  environment: Environment,
  uploaded: (project: string) => Promise<string | null> = async () => null,
  reach: RawDataReach = {},
): RawDataSource {
  return {
    async read({ name, dataset }: ModelProject) {
      const upload = await uploaded(name);
      if (upload !== null) return upload;
      const { fileVariable, source, generate } = dataset;
      const path = fileVariable === undefined ? undefined : environment[fileVariable];
      if (typeof path === 'string' && path !== '') return readText(path, fileVariable!);
      if (source) return readSource(source, name, environment, reach);
      if (generate) return generate({ randomState: 1 });
      throw new DatasetInvalidError(`${name} declares neither a source nor a generator for its training data`);
    },
  };
}
