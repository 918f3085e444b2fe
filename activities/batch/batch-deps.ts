import type { TableFormat } from '../../core/batch/plan-chunks.js';
import type { ModelProject } from '../../core/project.js';
import type { ArtifactStore, BatchJob, BatchJobStore, ModelRegistry, ObjectStore, SlotStore } from '../ports.js';

export interface BatchDeps {
  readonly project: (name: string) => ModelProject;
  readonly objects: ObjectStore;
  readonly artifacts: ArtifactStore;
  readonly registry: ModelRegistry;
  readonly slots: SlotStore;
  readonly batchJobs: BatchJobStore;
}

export interface BatchRequest {
  readonly project: string;
  /** Of the table in the bucket. */
  readonly inputKey: string;
  readonly format: TableFormat;
  /** Null: the version that is in production when the job starts. */
  readonly modelVersion: string | null;
  readonly actor: string;
}

/** Where a job keeps its plan, the parts of its answers and the finished files. */
export function jobFiles({ prefix }: Pick<ModelProject, 'prefix'>, { id, format }: Pick<BatchJob, 'id' | 'format'>) {
  const folder = `${prefix}/batch/jobs/${id}/`;
  const number = (index: number) => String(index).padStart(5, '0');
  return {
    plan: `${folder}plan.json`,
    parts: `${folder}parts/`,
    resultPart: (index: number) => `${folder}parts/result-${number(index)}.${format}`,
    errorsPart: (index: number) => `${folder}parts/errors-${number(index)}.${format}`,
    result: `${folder}result.${format}`,
    errors: `${folder}errors.${format}`,
  };
}
