import { controlPath, type Numbers } from './control.js';
import { requestJson } from './http.js';

export interface TrainingStatus {
  readonly job_id: string;
  readonly status: string;
  readonly started_at?: string;
  readonly stage?: string | null;
  /** 0..1. */
  readonly progress?: number | null;
  readonly dataset_number?: number | null;
  /** deployed, or rejected by the gates. */
  readonly outcome?: string | null;
  readonly version?: string | null;
  readonly message?: string | null;
  readonly error?: string | null;
  readonly metrics?: Numbers | null;
  /** How far the search for hyperparameters is. */
  readonly search?: {
    readonly round: number;
    readonly rounds: number;
    readonly trials: number;
    readonly fits_done: number;
    readonly fits: number;
  } | null;
}

/** One event of a training. */
export interface LogLine {
  readonly id: number;
  readonly at: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

export interface RunView {
  readonly id: string;
  readonly kind: string;
  readonly parent_id?: string | null;
  readonly status: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly metrics: Numbers;
  readonly error: string | null;
  readonly created_at: string;
  readonly ended_at: string | null;
}

export const startTraining = (
  project: string,
  options: { readonly random_state?: number; readonly reason?: string } = {},
): Promise<{ job_id: string }> =>
  requestJson(controlPath('training/start'), { method: 'POST', body: { project, ...options } });

export const cancelTraining = (jobId: string): Promise<unknown> =>
  requestJson(controlPath(`training/cancel/${encodeURIComponent(jobId)}`), { method: 'POST', body: {} });
