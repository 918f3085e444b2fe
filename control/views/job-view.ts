import { z } from 'zod';
import type { Job } from '../../adapters/temporal/job-reader.js';
import { instant, iso, isoOrNull, numbers } from './fields.js';

export const jobStatus = [
  'running',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'timed_out',
  'continued_as_new',
] as const;

export const startedJobSchema = z.object({ job_id: z.string() }).meta({ id: 'StartedJob' });

export const trainingStatusSchema = z
  .object({
    job_id: z.string(),
    status: z.enum(jobStatus),
    stage: z.string().nullable().describe('waiting, snapshot, searching, training, deploying or done'),
    progress: z.number().min(0).max(1).nullable(),
    version: z.string().nullable(),
    dataset_number: z.int().nullable(),
    message: z.string().nullable(),
    error: z.string().nullable(),
    metrics: numbers.nullable(),
    search: z
      .object({ round: z.int(), rounds: z.int(), trials: z.int(), fits_done: z.int(), fits: z.int() })
      .nullable()
      .describe('How far the search for hyperparameters is or went; null without one'),
    outcome: z.string().nullable().describe('deployed or rejected (by the gates)'),
    started_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'TrainingStatus' });

export type TrainingStatusView = z.input<typeof trainingStatusSchema>;

/** Where the stages begin; training itself is most of it. */
const STAGE_STARTS: Readonly<Record<string, number>> = {
  waiting: 0,
  snapshot: 0.02,
  searching: 0.05,
  training: 0.1,
  deploying: 0.9,
  done: 1,
};

interface Heartbeat {
  readonly treesDone?: number;
  readonly trees?: number;
}

function share(stage: string, heartbeat: Heartbeat): number {
  const start = STAGE_STARTS[stage] ?? 0;
  const { treesDone, trees } = heartbeat;
  if (stage !== 'training' || !trees || treesDone === undefined) return start;
  return start + (STAGE_STARTS.deploying! - start) * (treesDone / trees);
}

/** The search as the workflow tells it. */
function searchView(value: unknown): TrainingStatusView['search'] {
  if (typeof value !== 'object' || value === null) return null;
  const { round, rounds, trials, fitsDone, fits } = value as Record<string, number>;
  return { round: round ?? 0, rounds: rounds ?? 0, trials: trials ?? 0, fits_done: fitsDone ?? 0, fits: fits ?? 0 };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const whole = (value: unknown): number | null => (Number.isInteger(value) ? (value as number) : null);

/** A run of `trainCandidate` as the API tells it. */
export function trainingStatusView(job: Job): TrainingStatusView {
  const { result } = job;
  const done = (typeof result === 'object' && result !== null ? result : {}) as Record<string, unknown>;
  const progress = job.progress ?? {};
  const step = job.steps[0];
  const heartbeat = (job.steps.find(({ name }) => name === 'trainModel')?.heartbeat ?? {}) as Heartbeat;
  const stage = job.state === 'completed' ? 'done' : text(progress.step);
  const tree = heartbeat.trees ? `tree ${heartbeat.treesDone} of ${heartbeat.trees}` : null;
  const retried = step?.lastFailure ? `${step.name}, attempt ${step.attempt}: ${step.lastFailure}` : null;
  return {
    job_id: job.jobId,
    status: job.state,
    stage,
    progress: stage === null ? null : share(stage, heartbeat),
    version: text(done.version) ?? text(progress.version),
    dataset_number: whole(done.datasetNumber) ?? whole(progress.datasetNumber),
    message: retried ?? tree ?? (Array.isArray(done.reasons) ? done.reasons.join('; ') || null : null),
    error: job.error,
    metrics: (done.metrics as Record<string, number> | undefined) ?? null,
    search: searchView(progress.search),
    outcome: text(done.outcome),
    started_at: iso(job.startedAt),
    ended_at: isoOrNull(job.endedAt),
  };
}
