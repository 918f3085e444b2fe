import { controlPath, type PolicyVerdict, type RuleView, type Verdict } from './control.js';
import { requestJson } from './http.js';

export const successMetrics = ['score', 'rating', 'accuracy', 'latency', 'error_rate'] as const;
export type SuccessMetric = (typeof successMetrics)[number];

export interface Treatment {
  readonly name: string;
  /** Share of all users; the control has what is left. */
  readonly percent: number;
}

/** An experiment on models that are served elsewhere. */
export interface AbTestView {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly success_metric: SuccessMetric;
  readonly control: string;
  readonly treatments: readonly Treatment[];
  readonly rule: RuleView;
  readonly expected_users: number;
  readonly state: 'running' | 'decided' | 'expired' | 'stopped';
  readonly winner: string | null;
  /** Why it ended. */
  readonly reason: string | null;
  readonly created_by: string;
  readonly started_at: string;
  readonly ended_at: string | null;
}

export interface TreatmentResult {
  readonly treatment: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly rule: PolicyVerdict;
  readonly evidence: PolicyVerdict;
}

/** Both verdicts on each treatment as of now. */
export interface AbTestResult {
  readonly read_at: string;
  readonly winner: string | null;
  /** How the next hourly look would end the test. */
  readonly would_end: string | null;
  readonly treatments: readonly TreatmentResult[];
}

export interface NewAbTest {
  readonly name: string;
  readonly control: string;
  readonly treatments: readonly Treatment[];
  readonly success_metric: SuccessMetric;
  readonly policy: 'rule' | 'evidence';
  /** Ends without a winner after so long; undefined: as the project says. */
  readonly max_age_days: number | undefined;
}

export const createAbTest = (project: string, test: NewAbTest): Promise<unknown> =>
  requestJson(controlPath('ab-tests'), { method: 'POST', body: { project, ...test } });

export const stopAbTest = (id: number, reason: string): Promise<unknown> =>
  requestJson(controlPath(`ab-tests/${id}/stop`), { method: 'POST', body: { reason } });
