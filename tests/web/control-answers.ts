import type { Answers } from './stand-in.js';

const HOUR_MS = 3_600_000;
const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 48 * HOUR_MS;
const hour = (n: number) => new Date(start + n * HOUR_MS).toISOString();

const rule = {
  policy: 'rule',
  minRequests: 50,
  minRatings: 10,
  promoteRatio: 1.05,
  rollbackRatio: 0.8,
  maxAgeDays: 7,
};

const experiment = {
  id: 3,
  project: 'home-prices',
  production_version: 'BO2',
  candidate_version: 'CO3',
  state: 'running',
  candidate_weight_percent: 20,
  rule,
  expected_users: 1000,
  outcome: null,
  created_at: hour(0),
  started_at: hour(0),
  ended_at: null,
};

/** Hourly decisions, newest first: the candidate pulls ahead while the band narrows. */
function decisions(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const n = count - i;
    const numbers = {
      productionScore: 0.803 + 0.004 * Math.sin(n / 3),
      candidateScore: 0.851 + 0.02 / n + 0.008 * Math.sin(n / 2),
      productionRequests: 320 * n,
      candidateRequests: 80 * n,
      productionRatings: 24 * n,
      candidateRatings: 6 * n,
    };
    const variant = (name: 'production' | 'candidate', meanRating: number, p95: number) => ({
      users: Math.round(numbers[`${name}Requests`] / 4),
      requests: numbers[`${name}Requests`],
      errors: 0,
      error_rate: 0,
      mean_latency_ms: 3.2,
      p95_latency_ms: p95,
      ratings: numbers[`${name}Ratings`],
      mean_rating: meanRating,
      rating_counts: [n, 2 * n, 3 * n, 2 * n, n],
      score: numbers[`${name}Score`],
    });
    const half = 0.16 / Math.sqrt(n);
    const effect = numbers.candidateScore - numbers.productionScore;
    return {
      id: 200 + n,
      experiment_id: 3,
      policy: 'rule',
      verdict: n > 2 ? 'continue_testing' : 'insufficient_data',
      reason: n > 2 ? 'The two are too close to act on.' : 'Too little data to judge.',
      decided_at: hour(n),
      workflow_id: `home-prices-evaluate-${n}`,
      evaluation: {
        production: variant('production', 3.61, 6.1),
        candidate: variant('candidate', 3.94, 7.4),
        rule: {
          verdict: n > 2 ? 'continue_testing' : 'insufficient_data',
          reason: n > 2 ? 'The two are too close to act on.' : 'Too little data to judge.',
          numbers: {
            ...numbers,
            productionMeanRating: 3.61,
            candidateMeanRating: 3.94,
            productionMeanLatencyMs: 3.2,
            candidateMeanLatencyMs: 4.1,
          },
        },
        evidence: {
          verdict: n > 2 ? 'promising' : 'insufficient_data',
          reason: 'Ahead by enough, not yet beyond doubt.',
          needed: { ratings: 60, users: 240, hours: 9.2 },
          numbers: { ...numbers, effect, lower: effect - half, upper: effect + half, productionP95Ms: 6.1 },
        },
      },
    };
  });
}

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

const approval = {
  id: 7,
  project: 'home-prices',
  experiment_id: 3,
  candidate_version: 'CO3',
  state: 'pending',
  requested_by: 'incumbent',
  reason: 'The candidate scores more than 5 % above production.',
  requested_at: hour(47),
  expires_at: hour(120),
  reminded_at: null,
  decided_by: null,
  decided_reason: null,
  decided_at: null,
  may_approve: true,
};

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

/** A part that is well. */
const instance = (role: string, port: number, version: string | null) => ({
  id: `${role}-1`,
  role,
  address: `127.0.0.1:${port}`,
  version,
  generation: 4,
  seen_at: new Date().toISOString(),
  healthy: true,
  error: null,
});

/** What the control API says when all is well. */
export function controlAnswers(): Answers {
  const schedules = ['train-weekly', 'evaluate-hourly', 'drift-daily'].map((name, i) => ({
    id: `home-prices-${name}`,
    kind: ['train', 'evaluate', 'drift'][i],
    spec: ['0 2 * * 0', '0 * * * *', '0 3 * * *'][i],
    next_run: hour(60 + i),
    last_run: i === 0 ? null : hour(48),
    paused: i === 2,
  }));
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
  const all = decisions(48);
  const page = (items: unknown[]) => ({ body: { items, next_cursor: null } });
  return {
    'GET /api/auth/session': {
      body: { name: 'local', kind: 'local', role: 'admin', scopes: null, access_control: false, csrf_token: null },
    },
    'GET /api/events': { events: 'event: watching\ndata: {"topics":[]}\n\n' },
    'GET /api/approvals': page([approval]),
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
    'GET /api/monitoring/alerts': page([
      {
        id: 1,
        name: 'drift',
        metric: 'drift_score',
        comparison: 'above',
        threshold: 0.3,
        window_minutes: 60,
        webhook_url: 'https://hooks.example.com',
        enabled: true,
        state: 'firing',
        value: 0.34,
        last_error: null,
        changed_at: hour(40),
      },
    ]),
    'GET /api/monitoring/channels': page([
      { id: 1, name: 'team', kind: 'email', target: 'team@example.com', events: ['drift'], enabled: true },
    ]),
    'GET /api/monitoring/alerts/deliveries': page([
      {
        id: 9,
        kind: 'promoted',
        channel: 'team',
        title: 'BO2 is in production',
        text: 'CO2 became BO2.',
        state: 'sent',
        attempts: 1,
        last_error: null,
        created_at: hour(0),
      },
    ]),
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
    'GET /api/audit/verification': { body: { rows: 120, unchained: 0, head: `120:${'9f'.repeat(32)}`, findings: [] } },
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
    ...Object.fromEntries(
      ['BO1', 'BO2'].map((version) => [`GET /api/models/${version}/lineage`, { body: lineage(version) }]),
    ),
    'GET /api/experiments/3/changes': page([
      {
        id: 1,
        experiment_id: 3,
        from_state: 'ramping',
        to_state: 'running',
        from_weight_percent: 5,
        to_weight_percent: 20,
        clock_restarted: true,
        reason: 'the ramp is over',
        actor: 'incumbent',
        at: hour(2),
      },
    ]),
    'GET /api/accounts': page([
      { name: 'asha', role: 'admin', disabled: false, locked_until: null, created_at: hour(0) },
      { name: 'vikram', role: 'viewer', disabled: true, locked_until: null, created_at: hour(0) },
    ]),
    'GET /api/auth/keys': page([
      {
        id: '0123456789ab',
        name: 'nightly',
        role: 'operator',
        scopes: ['training:write'],
        requests_per_minute: null,
        created_by: 'user:asha',
        created_at: hour(0),
        expires_at: new Date(Date.now() + 30 * 24 * HOUR_MS).toISOString(),
        revoked_at: null,
        last_used_at: null,
      },
    ]),
    'GET /api/overview': {
      body: {
        project: 'home-prices',
        production: { version: 'BO2', since: hour(0), metrics: { r2: 0.834, mae: 17.32 } },
        candidate: { version: 'CO3', since: hour(1), metrics: { r2: 0.841, mae: 16.9 } },
        experiment,
        instances: [
          instance('production', 6001, 'BO2'),
          { ...instance('candidate', 6002, 'CO3'), healthy: false, error: 'not heard of for 40 s' },
          instance('router', 7000, null),
        ],
        schedules,
        last_decision: all[0],
      },
    },
    'GET /api/experiments': page([experiment]),
    'GET /api/experiments/3/decisions': page(all),
    'GET /api/models': page([
      model('CO3', 'candidate', 'BO2'),
      model('BO2', 'production', 'BO1'),
      model('BO1', 'retired', null),
    ]),
    'GET /api/models/BO2': { body: model('BO2', 'production', 'BO1') },
    'GET /api/models/BO1': { headers: { ETag: '"first"' }, body: model('BO1', 'retired', null) },
    'GET /api/deploy/status': {
      body: {
        project: 'home-prices',
        production: { slot: 'production', version: 'BO2', generation: 4 },
        candidate: null,
        instances: [instance('production', 6001, 'BO2')],
        delivery: { job_id: 'home-prices-delivery', status: 'completed', started_at: hour(0), ended_at: hour(0) },
      },
    },
    'GET /api/audit': page([
      {
        id: 1,
        action: 'promote',
        actor: 'evaluateExperiment',
        subject: 'BO2',
        reason: 'The candidate scores more than 5 % above production.',
        details: {},
        workflow_id: 'home-prices-promote-CO2',
        created_at: hour(0),
      },
    ]),
    'GET /api/monitoring/drift': page(
      Array.from({ length: 12 }, (_, i) => ({
        id: 12 - i,
        model_version: 'BO2',
        window_start: hour(24 * (11 - i)),
        window_end: hour(24 * (12 - i)),
        rows: 4210 + i,
        drifted: i === 0,
        score: 0.34 / (i + 1),
        report: {
          drift_indicators: {
            total_sqft: { drift_percentage: 4.2, significant_drift: false },
            prediction: { drift_percentage: 42.6, significant_drift: true },
          },
        },
        created_at: hour(24 * (12 - i)),
      })),
    ),
    'GET /api/schedules': page(schedules),
    'GET /api/training/runs': page([]),
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
    'GET /api/monitoring/metrics': {
      body: {
        from: hour(24),
        to: hour(48),
        unit: 'lakh INR',
        hours: Array.from({ length: 48 }, (_, i) => ({
          hour: hour(24 + Math.floor(i / 2)),
          variant: i % 2 === 0 ? 'production' : 'candidate',
          model_version: i % 2 === 0 ? 'BO2' : 'CO3',
          requests: 300 + 10 * (i % 7),
          users: 90,
          mean_latency_ms: 2.1,
          p50_latency_ms: 1.4,
          p95_latency_ms: 5.2,
          p99_latency_ms: 9.9,
          mean_prediction: 92 - (i % 2),
        })),
        feedback: [
          {
            variant: 'production',
            model_version: 'BO2',
            ratings: 1152,
            mean_rating: 3.61,
            actual_prices: 14,
            mean_absolute_error: 12.4,
            comments: 3,
          },
        ],
      },
    },
    'GET /api/training/logs/train-home-prices-1': { status: 404, body: { message: 'There is no log yet.' } },
    'POST /api/training/start': { status: 202, body: { job_id: 'train-home-prices-1' } },
    'GET /api/training/status/train-home-prices-1': {
      body: { job_id: 'train-home-prices-1', status: 'running', stage: 'trials', progress: 0.42, version: 'CO4' },
    },
    'POST /api/deploy/rollback': { status: 202, body: {} },
  };
}
