import { Context } from '@temporalio/activity';
import { type ChunkPlan, chunkBytes, createChunkPlanner } from '../../core/batch/plan-chunks.js';
import { chunkRows } from '../../core/batch/predict-chunk.js';
import { createRowChecker } from '../../core/batch/row-checker.js';
import type { ModelProject } from '../../core/project.js';
import type { BatchJob } from '../ports.js';
import { type BatchDeps, jobFiles } from './batch-deps.js';
import { oneAhead } from './one-ahead.js';

/** Bytes read at a time while a table is looked through. */
const WINDOW_BYTES = 8 * 1024 * 1024;

export function rowChecker(project: ModelProject) {
  return createRowChecker(
    project.input,
    project.features.map(({ name }) => name),
  );
}

/**
 * Looks through the table once and writes where it is cut.
 *
 * @throws {InvalidInputError} when it is empty, lacks a column or has a row without end
 * @throws {NotFoundError} when there is no such object
 */
export async function planTable(
  { objects, batchJobs }: BatchDeps,
  project: ModelProject,
  job: BatchJob,
): Promise<{ rows: number; chunks: number }> {
  const bytes = await objects.size(job.inputKey);
  const planner = createChunkPlanner(job.format, chunkBytes(bytes));
  const starts = Array.from({ length: Math.ceil(bytes / WINDOW_BYTES) }, (_, i) => i * WINDOW_BYTES);
  const window = (start: number) => objects.getRange(job.inputKey, start, Math.min(bytes, start + WINDOW_BYTES));
  for await (const piece of oneAhead(starts, window)) {
    planner.push(piece);
    Context.current().heartbeat({ bytes });
    Context.current().cancellationSignal.throwIfAborted();
  }
  const plan: ChunkPlan = planner.end();
  chunkRows(plan, rowChecker(project)); // refuses a header that lacks a column
  await objects.put(jobFiles(project, job).plan, Buffer.from(JSON.stringify(plan)), {
    contentType: 'application/json',
  });
  const counts = { rows: plan.rows, chunks: plan.chunks.length };
  await batchJobs.planned(job.id, counts);
  return counts;
}
