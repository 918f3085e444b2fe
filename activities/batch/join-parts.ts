import { Context } from '@temporalio/activity';
import { resultHeads } from '../../core/batch/split-writer.js';
import type { ModelProject } from '../../core/project.js';
import type { BatchJob } from '../ports.js';
import { type BatchDeps, jobFiles } from './batch-deps.js';
import { oneAhead } from './one-ahead.js';

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
    for await (const part of oneAhead(keys, objects.get)) {
      Context.current().heartbeat(start);
      Context.current().cancellationSignal.throwIfAborted();
      yield part;
    }
  }

  const type = contentTypes[job.format];
  await objects.putStream(files.result, joined(heads.results, `${files.parts}result-`), type);
  await objects.putStream(files.errors, joined(heads.errors, `${files.parts}errors-`), type);
  return { resultKey: files.result, errorsKey: files.errors };
}
