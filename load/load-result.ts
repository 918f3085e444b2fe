import { z } from 'zod';
import type { ScenarioName } from './scenarios.js';

const metricSchema = z.object({
  values: z.record(z.string(), z.number()),
  thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
});

const summarySchema = z.object({
  state: z.object({ testRunDurationMs: z.number() }),
  metrics: z.record(z.string(), metricSchema),
});

/** One run, as it is kept. Durations in milliseconds, shares 0..1. */
export interface LoadResult {
  readonly scenario: ScenarioName;
  /** ISO time. */
  readonly startedAt: string;
  readonly router: string;
  readonly durationMs: number;
  readonly predictions: number;
  readonly predictionsPerSecond: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly errorRatio: number;
  /** Null when nothing was answered. */
  readonly candidateShare: number | null;
  readonly candidateWeight: number;
  /** Predictions a second at which a breakpoint test came to its end. */
  readonly limitPerSecond: number | null;
  readonly thresholds: readonly { readonly metric: string; readonly rule: string; readonly ok: boolean }[];
  readonly passed: boolean;
}

type Known = Pick<LoadResult, 'scenario' | 'startedAt' | 'router' | 'candidateWeight'>;

/**
 * k6's end-of-test summary → what we keep of it. A breakpoint test is there to cross its thresholds: it passes when
 * it has found a limit or reached its top.
 *
 * @throws {z.ZodError} if it is not such a summary
 */
export function toLoadResult(summary: unknown, known: Known): LoadResult {
  const { state, metrics } = summarySchema.parse(summary);
  const value = (metric: string, name: string) => metrics[metric]?.values[name];
  const failed = metrics.prediction_failed?.values;
  const predictions = (failed?.passes ?? 0) + (failed?.fails ?? 0);
  const thresholds = Object.entries(metrics).flatMap(([metric, { thresholds: rules = {} }]) =>
    Object.entries(rules).map(([rule, { ok }]) => ({ metric, rule, ok })),
  );
  const limit = value('offered_rate', 'max') ?? null;
  return {
    ...known,
    durationMs: Math.round(state.testRunDurationMs),
    predictions,
    predictionsPerSecond: predictions / (state.testRunDurationMs / 1000),
    medianMs: value('prediction_duration', 'med') ?? 0,
    p95Ms: value('prediction_duration', 'p(95)') ?? 0,
    p99Ms: value('prediction_duration', 'p(99)') ?? 0,
    maxMs: value('prediction_duration', 'max') ?? 0,
    errorRatio: failed?.rate ?? 1,
    candidateShare: value('candidate_share', 'rate') ?? null,
    limitPerSecond: limit,
    thresholds,
    passed:
      predictions > 0 &&
      (known.scenario === 'breakpoint' ? limit !== null : thresholds.length > 0 && thresholds.every(({ ok }) => ok)),
  };
}
