import type { MetricDefinition } from './metric-definition.js';

/** Batches, and what people say of the predictions. */
export const businessMetricDefinitions = {
  batches: {
    type: 'counter',
    name: 'batch_predictions_total',
    help: 'Batches of predictions, by state',
    labels: ['project', 'state'],
  },
  batchRowsDone: {
    type: 'counter',
    name: 'batch_prediction_rows_total',
    help: 'Rows of batches, by outcome',
    labels: ['project', 'outcome'],
  },
  batchesRunning: {
    type: 'gauge',
    name: 'batch_predictions_in_progress',
    help: 'Batches going on',
    labels: ['project'],
  },
  batchJobs: {
    type: 'gauge',
    name: 'batch_jobs',
    help: 'Batch jobs (tables predicted by the workers), by state',
    labels: ['project', 'state'],
  },
  batchJobRows: {
    type: 'gauge',
    name: 'batch_job_rows',
    help: 'Rows of batch jobs that are done, by outcome',
    labels: ['project', 'outcome'],
  },
  feedbackCurrent: {
    type: 'gauge',
    name: 'feedback_current',
    help: 'Feedback that holds (not replaced), by type',
    labels: ['project', 'type'],
  },
  ratingMean: {
    type: 'gauge',
    name: 'feedback_rating_mean',
    help: 'Mean rating of the last 7 days, 1..5',
    labels: ['project', 'variant'],
  },
  ratingCount: {
    type: 'gauge',
    name: 'feedback_rated_predictions',
    help: 'Ratings of the last 7 days',
    labels: ['project', 'variant'],
  },
  actualError: {
    type: 'gauge',
    name: 'prediction_actual_error_ratio',
    help: 'Mean absolute error relative to the actual price, feedback of the last 90 days',
    labels: ['project', 'variant'],
  },
  actualBias: {
    type: 'gauge',
    name: 'prediction_actual_bias_ratio',
    help: 'Mean of (estimate - actual) / actual, feedback of the last 90 days; above 0 = too high',
    labels: ['project', 'variant'],
  },
  actualCount: {
    type: 'gauge',
    name: 'prediction_actual_prices',
    help: 'Actual prices given in the last 90 days',
    labels: ['project', 'variant'],
  },
  estimateMean: {
    type: 'gauge',
    name: 'prediction_value_mean',
    help: 'Mean of the newest 1,000 estimates of the last hour, in the unit of the project',
    labels: ['project', 'variant'],
  },
} as const satisfies Record<string, MetricDefinition>;
