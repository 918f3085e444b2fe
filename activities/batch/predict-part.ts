import { setImmediate } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { ChunkPlan } from '../../core/batch/plan-chunks.js';
import { predictChunk } from '../../core/batch/predict-chunk.js';
import type { BatchModel } from '../../core/batch/predict-rows.js';
import type { ModelProject } from '../../core/project.js';
import type { BatchJob } from '../ports.js';
import { type BatchDeps, jobFiles } from './batch-deps.js';
import { rowChecker } from './plan-table.js';

/** Predicts one chunk into its part files. A chunk that an earlier attempt finished is not predicted again. */
export async function predictPart(
  { objects, batchJobs }: BatchDeps,
  project: ModelProject,
  job: BatchJob,
  model: BatchModel,
  index: number,
): Promise<{ rows: number; refused: number }> {
  const done = await batchJobs.chunk(job.id, index);
  if (done) return done;
  const context = Context.current();
  const files = jobFiles(project, job);
  const plan = JSON.parse(new TextDecoder().decode(await objects.get(files.plan))) as ChunkPlan;
  const chunk = plan.chunks[index]!;
  const text = new TextDecoder().decode(await objects.getRange(job.inputKey, chunk.start, chunk.end));
  const answer = await predictChunk(model, rowChecker(project), plan, chunk, text, async (rowsDone) => {
    context.heartbeat({ chunk: index, rowsDone, rows: chunk.rows });
    context.cancellationSignal.throwIfAborted();
    await setImmediate(); // the worker polls and beats meanwhile
  });
  await objects.put(files.resultPart(index), answer.results);
  if (answer.errors !== '') await objects.put(files.errorsPart(index), Buffer.from(answer.errors));
  const counts = { rows: answer.rows, refused: answer.refused };
  await batchJobs.chunkDone(job.id, index, counts);
  return counts;
}
