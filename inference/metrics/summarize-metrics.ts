import { inferenceMetricDefinitions as defined } from '../../monitoring/metrics.js';
import type { CollectedMetric, CollectedMetrics } from './collected-metrics.js';
import { quantileOfBuckets } from './quantile-of-buckets.js';

type Definition = { readonly name: string };

/** Readable figures from the collected metrics, for `/api/metrics`. */
export function summarizeMetrics({ metrics }: CollectedMetrics) {
  const find = ({ name }: Definition): CollectedMetric['values'] =>
    metrics.find((metric) => metric.name === name)?.values ?? [];
  const sum = (definition: Definition) => find(definition).reduce((total, { value }) => total + value, 0);
  const by = (definition: Definition, label: string): Record<string, number> => {
    const totals: Record<string, number> = {};
    for (const { labels, value } of find(definition)) {
      const key = String(labels[label]);
      totals[key] = (totals[key] ?? 0) + value;
    }
    return totals;
  };
  const milliseconds = (definition: Definition, labels: Record<string, string> = {}) => {
    const values = find(definition).filter((value) =>
      Object.entries(labels).every(([name, wanted]) => value.labels[name] === wanted),
    );
    const counts = new Map<number, number>();
    for (const {
      metricName,
      labels: { le },
      value,
    } of values) {
      if (!metricName?.endsWith('_bucket')) continue;
      const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
      counts.set(bound, (counts.get(bound) ?? 0) + value);
    }
    const total = (suffix: string) =>
      values.filter(({ metricName }) => metricName?.endsWith(suffix)).reduce((all, { value }) => all + value, 0);
    const buckets = [...counts].sort(([a], [b]) => a - b);
    const inMs = (seconds: number | null) => (seconds === null ? null : Math.round(seconds * 1e6) / 1000);
    const count = total('_count');
    return {
      count,
      mean: inMs(count === 0 ? null : total('_sum') / count),
      p50: inMs(quantileOfBuckets(buckets, 0.5)),
      p95: inMs(quantileOfBuckets(buckets, 0.95)),
      p99: inMs(quantileOfBuckets(buckets, 0.99)),
    };
  };
  return {
    predictions: {
      total: sum(defined.predictions),
      by_version: by(defined.versionPredictions, 'version'),
      errors: by(defined.predictionErrors, 'code'),
      latency_ms: milliseconds(defined.predictionLatency),
      batch_rows: by(defined.batchRows, 'outcome'),
    },
    requests: {
      total: sum(defined.requests),
      by_endpoint: by(defined.requests, 'endpoint'),
      by_status: by(defined.requests, 'status'),
      latency_ms: milliseconds(defined.requestDuration, { endpoint: 'predict_home_price' }),
    },
    feedback: by(defined.feedback, 'type'),
    ratings: by(defined.ratings, 'stars'),
    log: {
      pending: sum(defined.logPending),
      spooled: sum(defined.spoolRows),
      spool_bytes: sum(defined.spoolBytes),
      commit_ms: milliseconds(defined.logFlush, { place: 'database' }),
    },
  };
}
