import type { Answers } from '../stand-in.js';
import { hour, page } from './times.js';

const profile = {
  rawRows: 13_320,
  feedbackRows: 12,
  ignoredColumns: ['society'],
  rows: 10_241,
  cleaning: [{ rule: 'no_price', reason: 'A row without a price teaches nothing.', removed: 7, changed: 0 }],
  columns: {
    total_sqft: {
      kind: 'numeric',
      missing: 0,
      min: 300,
      max: 30_000,
      mean: 1500,
      std: 900,
      deciles: [300, 900, 1050, 1150, 1220, 1300, 1450, 1600, 1800, 2300, 30_000],
    },
    location: {
      kind: 'category',
      missing: 1,
      distinct: 241,
      top: [
        ['Whitefield', 540],
        ['Sarjapur Road', 400],
      ],
    },
  },
};

const prediction = {
  id: 41,
  model_version: 'BO2',
  variant: 'production',
  assigned_variant: 'production',
  experiment_id: 3,
  user_id: 'u1',
  request_id: 'r1',
  shadow: false,
  input: { location: 'Whitefield', total_sqft: 1200, bhk: 2, balcony: null },
  prediction: 83.46,
  latency_ms: 1.7,
  feedback: [{ type: 'rating', value: 4, created_at: hour(2) }],
  created_at: hour(2),
};

/** Snapshots, uploads, batches, and what was predicted and said. */
export const dataAnswers: Answers = {
  'GET /api/datasets': page([
    { number: 3, key: 'train_V3.csv', rows: 10_241, sha256: 'ab'.repeat(32), created_at: hour(0) },
  ]),
  'GET /api/datasets/3': {
    body: { number: 3, key: 'train_V3.csv', rows: 10_241, sha256: 'ab'.repeat(32), created_at: hour(0), profile },
  },
  'GET /api/datasets/uploads': page([
    {
      id: 1,
      file_name: 'homes.csv',
      bytes: 900_000,
      raw_rows: 13_320,
      rows: 10_241,
      profile,
      actor: 'user:asha',
      created_at: hour(0),
      withdrawn_at: null,
    },
  ]),
  'GET /api/predict/batch/jobs': page([
    {
      job_id: 'home-prices-batch-0f0e0d0c-0000-4000-8000-00000000abcd',
      state: 'succeeded',
      model_version: 'BO2',
      format: 'csv',
      rows: 12_000,
      rows_done: 12_000,
      refused_rows: 3,
      progress: 1,
      result_key: 'r.csv',
      errors_key: 'e.csv',
      error: null,
      actor: 'user:asha',
      created_at: hour(3),
    },
  ]),
  'GET /api/predictions': page([prediction]),
  'GET /api/predictions/41': {
    body: {
      ...prediction,
      unit: 'lakh INR',
      explanation: { base_value: 112.3, contributions: { total_sqft: -31.2, location: 12.1, bhk: -9.74 } },
    },
  },
  'GET /api/feedback': page([
    {
      id: 5,
      prediction_id: 41,
      type: 'comment',
      value: 'too <b>dear</b>',
      model_version: 'BO2',
      variant: 'production',
      prediction: 83.46,
      created_at: hour(2),
      superseded_at: null,
    },
  ]),
};
