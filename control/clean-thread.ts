import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../core/errors.js';
import { projects } from '../projects/index.js';

/** A thread's own composition root: cleans one uploaded file, so that the API goes on answering meanwhile. */
const { project, text } = workerData as { project: string; text: string };
try {
  const { profile } = projects.byName(project).dataset.clean(text);
  parentPort!.postMessage({ profile });
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  parentPort!.postMessage({ refused: error.message });
}
