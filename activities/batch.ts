import { NoModelError, NotFoundError } from '../core/errors.js';
import { caller } from './activity-key.js';
import { type BatchDeps, type BatchRequest, jobFiles } from './batch/batch-deps.js';
import { createBatchModels } from './batch/batch-models.js';
import { joinParts } from './batch/join-parts.js';
import { planTable } from './batch/plan-table.js';
import { predictPart } from './batch/predict-part.js';
import { withDomainFailures } from './domain-failures.js';
import type { BatchJobState } from './ports.js';

/** Predicts a table in S3, a chunk at a time. The job they work for is that of the workflow that calls them. */
export function createBatchActivities(deps: BatchDeps) {
  const { project, objects, registry, slots, batchJobs } = deps;
  const modelOf = createBatchModels(deps);
  const current = () => batchJobs.get(caller().workflowId);

  return withDomainFailures({
    /**
     * Makes the job known, with the model version that answers all of it.
     * @throws {NoModelError} when nothing is in production
     */
    async openBatch({ modelVersion: wanted, ...request }: BatchRequest): Promise<{ modelVersion: string }> {
      const modelVersion = wanted ?? (await slots.get(request.project, 'production')).version;
      if (modelVersion === null) throw new NoModelError(`${request.project} has no model in production yet`);
      const { state } = await registry.get(request.project, modelVersion);
      if (state === 'deleted') throw new NotFoundError(`${modelVersion} of ${request.project} was deleted`);
      await batchJobs.open({ ...request, id: caller().workflowId, modelVersion });
      return { modelVersion };
    },

    async planBatch(): Promise<{ rows: number; chunks: number }> {
      const job = await current();
      return planTable(deps, project(job.project), job);
    },

    async predictChunk(index: number): Promise<{ rows: number; refused: number }> {
      const job = await current();
      const owner = project(job.project);
      return predictPart(deps, owner, job, await modelOf(owner, job.modelVersion), index);
    },

    /** One file of predictions, one of refused rows. @returns their keys */
    async joinBatch(): Promise<{ resultKey: string; errorsKey: string }> {
      const job = await current();
      return joinParts(deps, project(job.project), job);
    },

    /** Says how the job ended and clears away what it no longer needs. */
    async closeBatch(
      state: Exclude<BatchJobState, 'running'>,
      outcome: { resultKey?: string; errorsKey?: string; error?: string | null },
    ): Promise<void> {
      const job = await current().catch((error) => {
        if (error instanceof NotFoundError) return null; // it failed before it was made known
        throw error;
      });
      if (!job) return;
      await batchJobs.close(job.id, state, outcome);
      const files = jobFiles(project(job.project), job);
      await objects.deletePrefix(files.parts);
      await objects.deletePrefix(files.plan);
    },
  });
}

export type BatchActivities = ReturnType<typeof createBatchActivities>;
