import type { Options } from 'k6/options';
import { settings } from './settings.ts';

type Thresholds = NonNullable<Options['thresholds']>;

export interface Limits {
  /** Milliseconds. */
  readonly p95: number;
  readonly p99: number;
  /** Share of predictions without a usable answer, 0..1. */
  readonly errors: number;
}

/** What must hold of the predictions. */
export function predictionThresholds({ p95, p99, errors }: Limits): Thresholds {
  return {
    prediction_duration: [`p(95)<${p95}`, `p(99)<${p99}`],
    prediction_failed: [errors === 0 ? 'rate==0' : `rate<${errors}`],
  };
}

/**
 * The candidate's share of n users is within four standard errors of its weight: a right split fails this once in
 * some sixteen thousand runs.
 *
 * @param users how many different users decide the share
 */
export function splitThresholds(users: number, metric = 'candidate_share'): Thresholds {
  const weight = settings.candidateWeight;
  const tolerance = 4 * Math.sqrt((weight * (1 - weight)) / Math.max(1, users));
  const low = Math.max(0, weight - tolerance).toFixed(4);
  const high = Math.min(1, weight + tolerance).toFixed(4);
  return { [metric]: [`rate>=${low}`, `rate<=${high}`] };
}
