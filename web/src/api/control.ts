import type { SuccessMetric } from './ab-tests.js';
import { requestJson } from './http.js';

export type Numbers = Readonly<Record<string, number | null>>;
export type Verdict =
  | 'promote'
  | 'rollback'
  | 'continue_testing'
  | 'insufficient_data'
  | 'invalid'
  | 'harm'
  | 'promising'
  | 'inconclusive';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export interface SlotView {
  readonly version: string;
  readonly since?: string | null;
  readonly metrics?: Numbers;
}

export interface InstanceView {
  readonly id: string;
  readonly role: string;
  readonly address: string;
  readonly version: string | null;
  readonly generation: number;
  readonly seen_at: string;
  readonly healthy: boolean;
  readonly error: string | null;
}

export interface ScheduleView {
  readonly id: string;
  readonly kind?: 'train' | 'evaluate' | 'drift';
  readonly spec: string;
  readonly next_run: string | null;
  readonly last_run: string | null;
  readonly paused: boolean;
}

export type JudgedBy = 'ratings' | 'labels';

/** The numbers of the decision rule that the pages show; the rule has more. */
export interface RuleView {
  readonly policy: 'rule' | 'evidence';
  readonly minRequests: number;
  readonly minRatings: number;
  readonly promoteRatio: number;
  readonly rollbackRatio: number;
  readonly maxAgeDays: number;
}

/** How many requests are copied to a candidate that no user sees, and for how long at least. */
interface ShadowTerms {
  readonly percent: number;
  readonly hours?: number;
  readonly minRequests?: number;
}

export interface ExperimentView {
  readonly id: number;
  readonly project: string;
  /** What it is about; `score` = rating and latency together. */
  readonly metric?: SuccessMetric;
  /** What counts as a rating: stars, or how right the prediction was (0 to 5). */
  readonly judged_by?: JudgedBy;
  readonly production_version: string;
  readonly candidate_version: string;
  readonly state: string;
  readonly candidate_weight_percent: number;
  /** Shares in force now: of users, and of requests that are copied to the candidate. */
  readonly traffic?: { readonly candidate_weight_percent: number; readonly shadow_percent: number };
  /** The way to the full share of users. */
  readonly path?: { readonly shadow?: ShadowTerms; readonly ramp: readonly { readonly weightPercent: number }[] };
  readonly paused_from?: string | null;
  readonly rule: RuleView;
  readonly expected_users: number;
  readonly outcome: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

/** What one variant did since the experiment began. */
export interface VariantView {
  readonly users: number;
  readonly requests: number;
  readonly errors: number;
  readonly error_rate: number | null;
  readonly mean_latency_ms: number | null;
  readonly p95_latency_ms: number | null;
  readonly ratings: number;
  readonly mean_rating: number | null;
  /** How many ratings of 1, 2, 3, 4 and 5. */
  readonly rating_counts: readonly number[] | null;
  readonly score: number | null;
}

export interface PolicyVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly numbers: Numbers;
}

export interface EvidenceVerdict extends PolicyVerdict {
  readonly needed?: {
    readonly ratings: number | null;
    readonly users: number | null;
    readonly hours: number | null;
  } | null;
}

export interface DecisionView {
  readonly id: number;
  readonly experiment_id: number;
  readonly policy: 'rule' | 'evidence';
  readonly verdict: Verdict;
  readonly reason: string;
  readonly decided_at: string;
  readonly workflow_id: string | null;
  readonly evaluation: {
    readonly production: VariantView;
    readonly candidate: VariantView;
    readonly rule: PolicyVerdict;
    readonly evidence: EvidenceVerdict;
  };
}

export interface OverviewView {
  readonly project: string;
  readonly production: SlotView | null;
  readonly candidate: SlotView | null;
  readonly experiment: ExperimentView | null;
  readonly instances: readonly InstanceView[];
  readonly schedules: readonly ScheduleView[];
  readonly last_decision: DecisionView | null;
  /** Parts that did not answer, so that what they know is missing. */
  readonly unavailable?: readonly string[];
}

export interface ModelView {
  readonly version: string;
  readonly kind: 'BO' | 'CO';
  readonly state: string;
  readonly parent_version: string | null;
  readonly dataset_number: number | null;
  readonly metrics: Numbers;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly lineage: Readonly<Record<string, unknown>>;
  readonly importances?: Numbers | null;
  readonly created_at: string;
}

export interface AuditView {
  readonly id: number;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly workflow_id: string | null;
  readonly created_at: string;
}

/** Path of the control API with its query; parameters that are undefined are left out. */
export function controlPath(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `/control/${path}${search === '' ? '' : `?${search}`}`;
}

export const changeSchedule = (id: string, change: 'trigger' | 'pause' | 'resume'): Promise<unknown> =>
  requestJson(controlPath(`schedules/${encodeURIComponent(id)}/${change}`), { method: 'POST', body: {} });

/** @param version where to go back to; the version before the present one when not given */
export const rollBack = (project: string, version?: string): Promise<unknown> =>
  requestJson(controlPath('deploy/rollback'), {
    method: 'POST',
    body: { project, ...(version === undefined ? {} : { version }) },
  });

/** Makes the candidate the production model, without waiting for the decision. */
export const promote = (project: string, version: string, reason: string): Promise<unknown> =>
  requestJson(controlPath(`models/${encodeURIComponent(version)}/promote`), {
    method: 'PUT',
    body: { project, reason },
  });

/** Ends an experiment without a verdict: its users go back to production. */
export const stopExperiment = (id: number, reason: string): Promise<unknown> =>
  requestJson(controlPath(`experiments/${id}/stop`), { method: 'POST', body: { reason } });

/** Another share of users for the candidate: the counts so far are forgotten. */
export const changeWeight = (id: number, percent: number, reason: string): Promise<unknown> =>
  requestJson(controlPath(`experiments/${id}/weights`), {
    method: 'POST',
    body: { candidate_weight_percent: percent, reason },
  });

/** No user sees the candidate for a while; null ends that now. */
export const changeShadow = (id: number, terms: ShadowTerms | null, reason: string): Promise<unknown> =>
  requestJson(controlPath(`experiments/${id}/shadow`), {
    method: 'POST',
    body: { shadow_percent: terms?.percent ?? 0, hours: terms?.hours, min_requests: terms?.minRequests, reason },
  });

/** All users to production for a while, and back. */
export const pauseExperiment = (id: number, change: 'pause' | 'resume', reason: string): Promise<unknown> =>
  requestJson(controlPath(`experiments/${id}/${change}`), { method: 'POST', body: { reason } });
