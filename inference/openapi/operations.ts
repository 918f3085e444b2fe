import type { ModelProject } from '../../core/project.js';
import { feedbackSchema } from '../endpoints/feedback.js';
import { logQuerySchema } from '../endpoints/logs.js';
import { predictSchema } from '../endpoints/predict.js';
import { withdrawSchema } from '../endpoints/withdraw-feedback.js';
import { inferRequestSchema } from '../protocol/tensor.js';
import type { Operation } from './operation.js';

const both = ['application/json', 'application/x-www-form-urlencoded'];
const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };
const answered = {
  model_version: 'BO1',
  variant: 'production',
  latency_ms: 0.42,
  timestamp: '2026-01-31T12:00:00.000Z',
};
const tensors = {
  inputs: [
    { name: 'total_sqft', datatype: 'FP64', shape: [1], data: [1000] },
    { name: 'location', datatype: 'BYTES', shape: [1], data: ['Whitefield'] },
    { name: 'bhk', datatype: 'INT64', shape: [1], data: [2] },
    { name: 'bath', datatype: 'INT64', shape: [1], data: [2] },
  ],
};
const metadata = { name: 'home-prices', versions: ['BO1'], platform: 'incumbent_forest', inputs: [], outputs: [] };
const health = { status: 'ok', ready: true, project: 'home-prices', variant: 'production', model_version: 'BO1' };

/** The short form of the project's example: a list in the order of the features, up to the last that is given. */
function listOfExample({ example, features }: ModelProject) {
  if (!example) return undefined;
  const values = features.map(({ name }) => example[name] ?? null);
  return { features: values.slice(0, values.findLastIndex((value) => value !== null) + 1) };
}

/** What the documentation says about the endpoints that every project has, by their names. */
export const operations: Readonly<Record<string, Operation>> = {
  predict: {
    summary: 'Predict with any project: features by name, or a list in the order of the model.',
    tag: 'Predictions',
    body: predictSchema,
    bodyExample: { features: home },
    bodyExampleOf: ({ example }) => example && { features: example },
    hasDetails: true,
    answerExample: { prediction_id: 29, prediction: 51.2034, unit: 'lakh INR', ...answered },
  },
  predict_short: {
    summary: 'The short form: v1 is production, v2 the candidate.',
    tag: 'Predictions',
    body: predictSchema,
    bodyExample: { features: [1000, 'Whitefield', 2, 2] },
    bodyExampleOf: listOfExample,
    answerExample: { prediction: 51.2034, model_version: 'v1', timestamp: answered.timestamp, prediction_id: 29 },
  },
  predict_batch: {
    summary:
      'Predict a table: CSV with a header, NDJSON or a JSON list. The Accept header chooses the format of the answer.',
    tag: 'Predictions',
    bodyTypes: ['text/csv', 'application/x-ndjson', 'application/json'],
    bodyExample: 'total_sqft,location,bhk,bath\n1000,Whitefield,2,2\n',
    answerType: 'text/csv',
    answerExample: 'row,prediction,error\n1,51.2034,\n',
  },
  predict_health: {
    summary: 'Whether a prediction would be answered now (200) or not (503).',
    tag: 'Service',
    answerExample: health,
  },
  feedback: {
    summary: 'Say what became of a prediction. A second answer of one type replaces the first.',
    tag: 'Feedback',
    body: feedbackSchema,
    bodyTypes: both,
    bodyExample: { prediction_id: 29, feedback_type: 'rating', feedback_value: 5 },
    answerExample: {
      status: 'recorded',
      feedback_id: 1,
      prediction_id: 29,
      feedback_type: 'rating',
      feedback_value: 5,
      replaced: false,
    },
  },
  feedback_withdraw: {
    summary: 'Take back what was said of a prediction. It counts no more, and stays as history.',
    tag: 'Feedback',
    body: withdrawSchema,
    bodyTypes: both,
    bodyExample: { prediction_id: 29, feedback_type: 'rating' },
    answerExample: { status: 'withdrawn', prediction_id: 29, feedback_type: 'rating' },
  },
  logs: {
    summary: 'Recorded predictions with their feedback, newest first, a page at a time.',
    tag: 'Service',
    query: logQuerySchema,
    answerExample: { logs: [], next_cursor: null },
  },
  drift_report: {
    summary: 'The latest drift report.',
    tag: 'Service',
    answerExample: {
      overall_drift_detected: true,
      drift_indicators: { prediction: { drift_percentage: 42.6, significant_drift: true } },
    },
  },
  health: { summary: 'What is being served and whether all is well.', tag: 'Service', answerExample: health },
  health_short: { summary: 'The short form of /api/health.', tag: 'Service', answerExample: health },
  config: {
    summary: 'How the users are split now, in percent.',
    tag: 'Service',
    answerExample: { model_v1_weight: 80, model_v2_weight: 20, experiment_id: 1, project: 'home-prices' },
  },
  metrics_json: {
    summary: 'Figures since the start of the service.',
    tag: 'Service',
    answerExample: { predictions: { total: 1 } },
  },
  metrics: { summary: 'The same for Prometheus.', tag: 'Service', answerType: 'text/plain', answerExample: '# HELP …' },
  openapi: { summary: 'This document.', tag: 'Service', answerExample: { openapi: '3.1.0' } },
  docs: {
    summary: 'This document as a page.',
    tag: 'Service',
    answerType: 'text/html',
    answerExample: '<!doctype html>',
  },
  v2: {
    summary: 'What server this is.',
    tag: 'Open Inference Protocol',
    answerExample: { name: 'incumbent', version: '0.1.0', extensions: [] },
  },
  v2_live: { summary: 'Whether the process lives.', tag: 'Open Inference Protocol', answerExample: { live: true } },
  v2_ready: { summary: 'Whether it can predict.', tag: 'Open Inference Protocol', answerExample: { ready: true } },
  v2_model: { summary: 'Inputs and outputs of the model.', tag: 'Open Inference Protocol', answerExample: metadata },
  v2_model_ready: {
    summary: 'Whether the model can predict.',
    tag: 'Open Inference Protocol',
    answerExample: { name: 'home-prices', ready: true },
  },
  v2_infer: {
    summary: 'Predict tensors: one per feature, or one of shape [rows, features] that holds them all.',
    tag: 'Open Inference Protocol',
    body: inferRequestSchema,
    bodyExample: tensors,
    answerExample: {
      model_name: 'home-prices',
      model_version: 'BO1',
      outputs: [{ name: 'prediction', datatype: 'FP64', shape: [1], data: [51.2034] }],
    },
  },
};
