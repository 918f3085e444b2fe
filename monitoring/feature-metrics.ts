import type { MetricDefinition } from './metric-definition.js';

/** What the prediction service reads of features: the tables of the served model, and the answers that its instances share. */
export const featureMetricDefinitions = {
  featureLookups: {
    type: 'counter',
    name: 'feature_lookups_total',
    help: 'Categories looked up for single predictions, by outcome: hit = known from training, miss = predicted as unknown',
    labels: ['project', 'feature', 'outcome'],
  },
  featureTablesMade: {
    type: 'gauge',
    name: 'feature_tables_timestamp_seconds',
    help: 'When the tables of categories and their encodings that are served were made from training data',
    labels: ['project', 'variant'],
    aggregator: 'min',
  },
  featureReads: {
    type: 'histogram',
    name: 'feature_read_seconds',
    help: 'Time to read lists of categories and similar rows, by outcome: hit = from the shared cache, miss = made anew',
    labels: ['project', 'outcome'],
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  },
} as const satisfies Record<string, MetricDefinition>;
