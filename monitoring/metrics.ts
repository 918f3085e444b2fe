import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { featureMetricDefinitions } from './feature-metrics.js';
import type { MetricDefinition } from './metric-definition.js';

export { dependencyMetricDefinitions } from './dependency-metrics.js';
export { loopMetricDefinitions } from './loop-metrics.js';
export type { MetricDefinition } from './metric-definition.js';

type Metric<D extends MetricDefinition> = D['type'] extends 'histogram'
  ? Histogram
  : D['type'] extends 'gauge'
    ? Gauge
    : Counter;

/** Registers the metrics of one service and hands them over by the same keys. */
export function createMetrics<const D extends Record<string, MetricDefinition>>(
  registry: Registry,
  definitions: D,
): { readonly [K in keyof D]: Metric<D[K]> } {
  const made = Object.entries(definitions).map(([key, definition]) => {
    const { name, help } = definition;
    const common = { name, help, labelNames: [...(definition.labels ?? [])], registers: [registry] };
    if (definition.type === 'histogram') {
      return [key, new Histogram({ ...common, buckets: [...definition.buckets] })] as const;
    }
    const aggregated = { ...common, ...(definition.aggregator ? { aggregator: definition.aggregator } : {}) };
    return [key, definition.type === 'gauge' ? new Gauge(aggregated) : new Counter(aggregated)] as const;
  });
  return Object.fromEntries(made) as { readonly [K in keyof D]: Metric<D[K]> };
}

const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** The prediction service. */
export const inferenceMetricDefinitions = {
  requests: {
    type: 'counter',
    name: 'inference_requests_total',
    help: 'HTTP requests answered, by endpoint and status',
    labels: ['endpoint', 'variant', 'status'],
  },
  requestDuration: {
    type: 'histogram',
    name: 'inference_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer, the recording included',
    labels: ['endpoint', 'variant'],
    buckets: secondsBuckets,
  },
  predictions: {
    type: 'counter',
    name: 'prediction_requests_total',
    help: 'Predictions answered and recorded',
    labels: ['project', 'variant'],
  },
  versionPredictions: {
    type: 'counter',
    name: 'model_version_requests_total',
    help: 'Predictions answered, by model version',
    labels: ['project', 'version'],
  },
  predictionLatency: {
    type: 'histogram',
    name: 'prediction_latency_seconds',
    help: 'From the arrival of a prediction request to its prediction: the latency that experiments compare',
    labels: ['project', 'variant'],
    buckets: secondsBuckets,
  },
  predictionErrors: {
    type: 'counter',
    name: 'prediction_errors_total',
    help: 'Prediction requests that could not be answered, by problem code (refused input is INVALID_INPUT)',
    labels: ['project', 'variant', 'code'],
  },
  batchRows: {
    type: 'counter',
    name: 'prediction_batch_rows_total',
    help: 'Rows of batch requests, by outcome',
    labels: ['project', 'variant', 'outcome'],
  },
  feedback: {
    type: 'counter',
    name: 'prediction_feedback_total',
    help: 'Feedback stored, by type',
    labels: ['project', 'variant', 'type'],
  },
  personalDataMasked: {
    type: 'counter',
    name: 'personal_data_masked_total',
    help: 'E-mail addresses and card, Aadhaar, PAN and phone numbers taken out of comments before they were stored',
    labels: ['project', 'kind'],
  },
  ratings: {
    type: 'counter',
    name: 'prediction_ratings_total',
    help: 'Ratings stored, by number of stars (a replaced rating counts again)',
    labels: ['project', 'stars'],
  },
  modelInfo: {
    type: 'gauge',
    name: 'inference_model_info',
    help: '1 for the model version being served',
    labels: ['project', 'variant', 'version'],
    aggregator: 'max',
  },
  slotGeneration: {
    type: 'gauge',
    name: 'inference_slot_generation',
    help: 'Generation of the slot that this service serves',
    labels: ['project', 'variant'],
    aggregator: 'min',
  },
  modelSwaps: {
    type: 'counter',
    name: 'inference_model_swaps_total',
    help: 'Attempts to serve another model version, by outcome',
    labels: ['project', 'variant', 'outcome'],
  },
  logFlush: {
    type: 'histogram',
    name: 'prediction_log_flush_seconds',
    help: 'Time to commit one group of predictions, by place (database or spool)',
    labels: ['place'],
    buckets: secondsBuckets,
  },
  logFlushRows: {
    type: 'histogram',
    name: 'prediction_log_flush_rows',
    help: 'Predictions committed together',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  },
  logPending: {
    type: 'gauge',
    name: 'prediction_log_pending_rows',
    help: 'Predictions that wait for their commit',
  },
  spoolRows: {
    type: 'gauge',
    name: 'prediction_spool_rows',
    help: 'Predictions on local disk that wait for Postgres',
  },
  spoolBytes: {
    type: 'gauge',
    name: 'prediction_spool_bytes',
    help: 'Bytes of the predictions on local disk',
  },
  databaseUp: {
    type: 'gauge',
    name: 'inference_database_up',
    help: '1 while predictions are recorded in Postgres, 0 while they are spooled',
    aggregator: 'min',
  },
  driftScore: {
    type: 'gauge',
    name: 'model_drift_score',
    help: 'Drift score of the latest report of the project, 0..1',
    labels: ['project'],
    aggregator: 'max',
  },
  ...featureMetricDefinitions,
} as const satisfies Record<string, MetricDefinition>;

export type InferenceMetrics = ReturnType<typeof createMetrics<typeof inferenceMetricDefinitions>>;

/** The control API. */
export const controlMetricDefinitions = {
  requests: {
    type: 'counter',
    name: 'control_requests_total',
    help: 'HTTP requests answered by the control API, by route and status',
    labels: ['method', 'route', 'status'],
  },
  requestDuration: {
    type: 'histogram',
    name: 'control_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer',
    labels: ['method', 'route'],
    buckets: secondsBuckets,
  },
} as const satisfies Record<string, MetricDefinition>;

export type ControlMetrics = ReturnType<typeof createMetrics<typeof controlMetricDefinitions>>;
