import { readFile } from 'node:fs/promises';
import type { RawDataSource } from '../activities/ports.js';
import { DatasetInvalidError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';

/**
 * What was uploaded last, else the project's file where one is named, else its generator's data.
 *
 * @param uploaded the text of a project's latest upload, null when there is none
 */
export function createRawDataSource(
  environment: Readonly<Record<string, unknown>>,
  uploaded: (project: string) => Promise<string | null> = async () => null,
): RawDataSource {
  return {
    async read({ name, dataset }: ModelProject) {
      const upload = await uploaded(name);
      if (upload !== null) return upload;
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
