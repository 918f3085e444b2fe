import { Context } from '@temporalio/activity';
import { resultHeads } from '../../core/batch/split-writer.js';
import type { ModelProject } from '../../core/project.js';
import type { BatchJob } from '../ports.js';
import { type BatchDeps, jobFiles } from './batch-deps.js';

const contentTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** Puts the parts together in order: one file of predictions, one of refused rows. */
export async function joinParts(
  { objects }: Pick<BatchDeps, 'objects'>,
  project: ModelProject,
  job: BatchJob,
): Promise<{ resultKey: string; errorsKey: string }> {
  const files = jobFiles(project, job);
  const parts = (await objects.list(files.parts)).sort();
  const heads = resultHeads[job.format];

  async function* joined(head: string, start: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    const keys = parts.filter((key) => key.startsWith(start));
    // the next part is on its way while this one is sent
    let next = keys[0] === undefined ? null : objects.get(keys[0]);
    for (let i = 0; next; i++) {
      const part = await next;
      Context.current().heartbeat(keys[i]);
      Context.current().cancellationSignal.throwIfAborted();
      const following = keys[i + 1];
      next = following === undefined ? null : objects.get(following);
      next?.catch(() => {}); // told when it is awaited
      yield part;
    }
  }

  const type = contentTypes[job.format];
  await objects.putStream(files.result, joined(heads.results, `${files.parts}result-`), type);
  await objects.putStream(files.errors, joined(heads.errors, `${files.parts}errors-`), type);
  return { resultKey: files.result, errorsKey: files.errors };
}
