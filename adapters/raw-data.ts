import { readFile } from 'node:fs/promises';
import type { RawDataSource } from '../activities/ports.js';
import { DatasetInvalidError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';

/** The project's file where one is named, else its generator's data. */
export function createRawDataSource(environment: Readonly<Record<string, unknown>>): RawDataSource {
  return {
    async read({ dataset }: ModelProject) {
      const path = environment[dataset.fileVariable];
      if (typeof path !== 'string') return dataset.generate({ randomState: 1 });
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new DatasetInvalidError(`${dataset.fileVariable} names ${path}, which cannot be read (${code})`, {
          cause: error,
        });
      }
    },
  };
}
