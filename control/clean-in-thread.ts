import { startThread } from '../adapters/start-thread.js';
import type { DatasetProfile } from '../core/dataset/profile.js';
import { DatasetInvalidError } from '../core/errors.js';

type Answer = { readonly profile: DatasetProfile } | { readonly refused: string };

/**
 * Cleans a raw file with a project's rules on a thread of its own.
 *
 * @throws {DatasetInvalidError} when the rules refuse it
 */
export function cleanInThread(project: string, text: string): Promise<DatasetProfile> {
  const worker = startThread(new URL('./clean-thread', import.meta.url), { workerData: { project, text } });
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: Answer) => {
      if ('profile' in answer) resolve(answer.profile);
      else reject(new DatasetInvalidError(answer.refused));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the cleaning thread ended with ${code} and no answer`)));
  });
}
