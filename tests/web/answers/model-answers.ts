import type { Answers } from '../stand-in.js';
import { hour, page } from './times.js';

const lineage = (version: string) => ({
  project: 'home-prices',
  version,
  code_revision: 'abcdef0123456789',
  dataset: { number: 3, key: 'train_V3.csv', rows: 10_241, sha256: 'ab'.repeat(32), feedback_rows: 12 },
  run: { id: 'run-1', status: 'succeeded', cause: 'weekly schedule' },
  parent: null,
  children: ['CO3'],
  experiments: [{ id: 3, role: 'production', other: 'CO3', state: 'running', outcome: null, decisions: 48 }],
  deployments: [],
});

const model = (version: string, state: string, parent: string | null) => ({
  version,
  kind: version.slice(0, 2),
  state,
  parent_version: parent,
  dataset_number: 3,
  metrics: { r2: 0.834, mae: 17.32, rmse: 41.7 },
  hyperparameters: { trees: 100, maxDepth: 14 },
  lineage: { datasetKey: 'train_V3.csv', trainRows: 8000, codeRevision: null },
  importances: { total_sqft: 0.61, location: 0.24, bath: 0.08, bhk: 0.05, balcony: 0.02 },
  notes: '',
  tags: [],
  gates: [{ gate: 'metrics.r2', passed: true, value: 0.834, limit: 0.7, reason: 'R² 0.834 reaches 0.7' }],
  files: { 'model.json': { bytes: 20_000, sha256: 'cd'.repeat(32) } },
  created_at: hour(0),
});

export const instance = (role: string, port: number, version: string | null) => ({
  id: `${role}-1`,
  role,
  address: `127.0.0.1:${port}`,
  version,
  generation: 4,
  seen_at: new Date().toISOString(),
  healthy: true,
  error: null,
});

/** Two production models and a candidate. */
export const modelAnswers: Answers = {
  'GET /api/models': page([
    model('CO3', 'candidate', 'BO2'),
    model('BO2', 'production', 'BO1'),
    model('BO1', 'retired', null),
  ]),
  'GET /api/models/BO1': { headers: { ETag: '"first"' }, body: model('BO1', 'retired', null) },
  'GET /api/models/BO2': { body: model('BO2', 'production', 'BO1') },
  ...Object.fromEntries(
    ['BO1', 'BO2'].map((version) => [`GET /api/models/${version}/lineage`, { body: lineage(version) }]),
  ),
  'GET /api/models/compare': {
    body: {
      a: model('BO2', 'production', 'BO1'),
      b: model('CO3', 'candidate', 'BO2'),
      metrics: { r2: { a: 0.834, b: 0.841 } },
      hyperparameters: { trees: { a: 100, b: 200 } },
      importances: { total_sqft: { a: 0.61, b: 0.6 } },
      schema: { same: true, only_a: [], only_b: [] },
      predictions: {
        unit: 'lakh INR',
        mean_absolute_difference: 2.5,
        largest_difference: 4,
        rows: [{ input: { total_sqft: 1200, location: 'Whitefield' }, a: 80, b: 84 }],
      },
    },
  },
  'GET /api/features': {
    body: {
      version: 'BO2',
      target: { name: 'price', unit: 'lakh INR' },
      items: [
        {
          name: 'total_sqft',
          kind: 'numeric',
          importance: 0.61,
          min: 300,
          max: 30_000,
          categories: null,
          most_frequent: null,
        },
        {
          name: 'location',
          kind: 'target',
          importance: 0.24,
          min: null,
          max: null,
          categories: 241,
          most_frequent: ['Whitefield', 'Hebbal'],
        },
      ],
    },
  },
  'GET /api/deployments': page([
    {
      slot: 'production',
      version: 'BO2',
      generation: 2,
      reason: 'The candidate scores more than 5 % above production.',
      actor: 'evaluateExperiment',
      workflow_id: 'home-prices-delivery',
      created_at: hour(0),
      ended_at: null,
    },
  ]),
  'GET /api/deploy/status': {
    body: {
      project: 'home-prices',
      production: { slot: 'production', version: 'BO2', generation: 4 },
      candidate: null,
      instances: [instance('production', 6001, 'BO2')],
      delivery: { job_id: 'home-prices-delivery', status: 'completed', started_at: hour(0), ended_at: hour(0) },
    },
  },
  'GET /api/production': {
    body: {
      slot: 'production',
      version: 'BO1',
      generation: 1,
      reason: 'the first model',
      actor: 'incumbent',
      workflow_id: null,
      created_at: hour(0),
      ended_at: hour(9),
    },
  },
};
