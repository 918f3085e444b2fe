import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisionRuleSchema } from '../../core/experiment/decision-rule.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

let api: TestApi;
let project: string;

/** 7 candidates of one instant each second second, so that equal times are in the data, and an experiment with decisions. */
beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
  const states = ['retired', 'rejected', 'staged'];
  for (let i = 1; i <= 7; i++) {
    await api.pool.query(
      `insert into model_versions (project, version, kind, number, state, artifact_prefix, parent_version, created_at, idempotency_key)
       values ($1, $2, 'CO', $3, $4, $5, 'BO1', $6, $2)`,
      [project, `CO${i}`, i, states[i % 3], `x_CO${i}/`, new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(i / 2)))],
    );
  }
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'CO1', 'CO', 1, 'staged', 'y_CO1/', 'other')`,
    [`other-${project}`],
  );
});
afterAll(() => api.stop());

const get = async (path: string) => {
  const { status, body } = await api.request.get(path);
  expect({ status, problem: status === 200 ? null : body }).toEqual({ status: 200, problem: null });
  return body;
};
const versions = (page: { items: { version: string }[] }) => page.items.map(({ version }) => version);

async function walk(path: string): Promise<string[]> {
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await get(`${path}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(page.items.length).toBeGreaterThan(0);
    seen.push(...versions(page));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return seen;
}

test('a list is newest first, and its pages hold every item once, equal times included', async () => {
  const page = await get(`/api/models?project=${project}`);
  expectContract('get', '/api/models', page);
  expect(versions(page)).toEqual(['CO7', 'CO6', 'CO5', 'CO4', 'CO3', 'CO2', 'CO1']);
  expect(await walk(`/api/models?project=${project}&limit=2`)).toEqual(versions(page));
  expect(await walk(`/api/models?project=${project}&limit=3&sort=created_at`)).toEqual(versions(page).reverse());
});

test('rows that come in while somebody turns pages shift nothing', async () => {
  const first = await get(`/api/models?project=${project}&limit=3`);
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'CO99', 'CO', 99, 'staged', 'x/', 'CO99')`,
    [project],
  );
  const second = await get(`/api/models?project=${project}&limit=3&cursor=${first.next_cursor}`);
  await api.pool.query("delete from model_versions where version = 'CO99'");
  expect([...versions(first), ...versions(second)]).toEqual(['CO7', 'CO6', 'CO5', 'CO4', 'CO3', 'CO2']);
});

test('filters and times narrow a list', async () => {
  expect(versions(await get(`/api/models?project=${project}&state=staged`))).toEqual(['CO5', 'CO2']);
  const window = `from=${encodeURIComponent('2026-01-01T05:30:01+05:30')}&to=2026-01-01T00:00:02Z`;
  expect(versions(await get(`/api/models?project=${project}&${window}`))).toEqual(['CO3', 'CO2']);
});

test('a project sees its own models only', async () => {
  expect(versions(await get(`/api/models?project=other-${project}`))).toEqual(['CO1']);
  expect((await api.request.get(`/api/models/CO2?project=other-${project}`)).status).toBe(404);
});

test.each([
  ['limit=0', 'limit'],
  ['limit=201', 'limit'],
  ['limit=ten', 'limit'],
  ['sort=metrics', 'sort'],
  ['state=brilliant', 'state'],
  ['from=yesterday', 'from'],
  ['from=2026-01-01', 'from'],
  ['colour=red', 'colour'],
  ['state=staged&state=retired', 'state'],
])('a list refuses %s and says why', async (query, field) => {
  const { status, body } = await api.request.get(`/api/models?project=${project}&${query}`);
  expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(body.fields.map((one: { field: string }) => one.field).join() + body.message).toContain(field);
});

test.each([
  'x',
  Buffer.from('["2026-01-01","1"]').toString('base64url'),
  Buffer.from(`["2026-01-01 00:00:00+00","CO1' or true --"]`).toString('base64url'),
  Buffer.from('{"time":1}').toString('base64url'),
])('a cursor that was not given out is refused: %s', async (cursor) => {
  expect((await api.request.get(`/api/models?project=${project}&cursor=${cursor}`)).status).toBe(422);
});

test('decisions carry both verdicts and what both variants had done by then', async () => {
  const rule = decisionRuleSchema.parse({});
  const { rows } = await api.pool.query(
    `insert into experiments (project, production_version, candidate_version, state, candidate_weight_percent, rule, started_at, idempotency_key)
     values ($1, 'BO1', 'CO1', 'running', 20, $2, now(), 'e') returning id`,
    [project, rule],
  );
  const { id } = rows[0];
  const user = (variant: string, name: string, stars: number) =>
    api.pool.query(
      `insert into experiment_users (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, ratings, rating_sum, rating_square_sum)
       values ($1, $2, $3, 2, 1000, 1.8, 1, $4::float8, $4::float8 * $4::float8)`,
      [id, variant, name, stars],
    );
  await user('production', 'asha', 4);
  await user('production', 'ravi', 3);
  await user('candidate', 'mala', 5);
  const summary = await api.deps.experiments.summarize(id);
  const policy = { verdict: 'insufficient_data', reason: 'too few', numbers: { productionScore: null } };
  const evidence = {
    ...policy,
    policy: 'evidence',
    stage: 'data',
    needed: null,
    running: { pValue: 1, sampleRatioPValue: 1 },
  };
  const decision = {
    policy: 'rule',
    verdict: 'insufficient_data',
    action: 'none',
    reason: 'too few',
    rule: { ...policy, policy: 'rule' },
    evidence,
    summary,
  };
  for (const key of ['one', 'two']) {
    const place = { project, experimentId: id, workflowId: 'w', runId: null, idempotencyKey: key };
    await api.deps.decisions.record(decision as never, place);
  }

  const page = await get(`/api/experiments/${id}/decisions?verdict=insufficient_data&policy=rule`);
  expectContract('get', '/api/experiments/:id/decisions', page);
  expect(page.items).toHaveLength(2);
  // composite score of the rule, 0.7 · rating / 5 + 0.3 · (5000 − ms) / 5000: 0.7 · 3.5 / 5 + 0.3 · 0.9, 0.7 · 5 / 5 + 0.3 · 0.9
  const { production, candidate } = page.items[0].evaluation;
  expect(production).toMatchObject({ users: 2, requests: 4, mean_latency_ms: 500, ratings: 2, mean_rating: 3.5 });
  expect(production.score).toBeCloseTo(0.76, 12);
  expect(candidate.score).toBeCloseTo(0.97, 12);

  const reading = await get(`/api/experiments/${id}/summary`);
  expectContract('get', '/api/experiments/:id/summary', reading);
  expect(reading.candidate).toEqual(candidate);
  expectContract('get', '/api/experiments', await get(`/api/experiments?project=${project}&state=running`));
  expect((await api.request.get('/api/experiments/999999')).status).toBe(404);
});

test('drift reports, runs, snapshots and the audit log are lists of the same kind', async () => {
  const { driftReports, runs, datasets } = await import('./stores.js').then(({ storesOf }) => storesOf(api.pool));
  const window = { windowStart: new Date(0), windowEnd: new Date(1) };
  for (const drifted of [true, false]) {
    await driftReports.record(
      { project, modelVersion: 'BO1', ...window, rows: 10, drifted, score: 0.5, report: { drifted } },
      String(drifted),
    );
  }
  await runs.start({ id: 'run-1', project, kind: 'training', parameters: { cause: 'test' } });
  await runs.finish('run-1', { status: 'succeeded', metrics: { r2: 0.8 } });
  const profile = { rawRows: 3, feedbackRows: 1, ignoredColumns: [], rows: 2, cleaning: [], columns: {} };
  await datasets.record({ project, number: 1, key: 'k', rows: 2, sha256: 's', profile, feedbackThrough: 0 }, 'd');

  const drift = await get(`/api/monitoring/drift?project=${project}&drifted=true`);
  expectContract('get', '/api/monitoring/drift', drift);
  expect(drift.items.map((item: { report: object }) => item.report)).toEqual([{ drifted: true }]);
  const trial = { id: 'run-1/trial:0', project, kind: 'trial', parameters: { maxDepth: 4 } };
  await runs.start({ ...trial, parentId: 'run-1', tags: { round: '2' } });
  await runs.logSteps(
    trial.id,
    Array.from({ length: 2_500 }, (_, step) => ({ name: 'score', step, value: step / 2 })),
  );
  await runs.logSteps(trial.id, [
    { name: 'score', step: 2_499, value: -1 },
    { name: 'rows', step: 0, value: 7 },
    { name: 'rows', step: 1, value: Number.NaN },
  ]);
  const inside = await get(`/api/training/runs?project=${project}&parent_id=run-1`);
  expect(inside.items.map(({ id, tags }: { id: string; tags: object }) => [id, tags])).toEqual([
    [trial.id, { round: '2' }],
  ]);
  const detail = await get(`/api/training/runs/${encodeURIComponent(trial.id)}`);
  expectContract('get', '/api/training/runs/:id', detail);
  expect(detail).toMatchObject({ parent_id: 'run-1', parameters: { maxDepth: 4 } });
  // what was told first stands, numbers that are none are left out, and a long telling is thinned with its end kept
  expect(detail.metric_steps.rows.map(({ step, value }: { step: number; value: number }) => [step, value])).toEqual([
    [0, 7],
  ]);
  expect(detail.metric_steps.score).toHaveLength(834);
  expect(detail.metric_steps.score.at(-1)).toMatchObject({ step: 2_499, value: 1_249.5 });
  expect((await api.request.get('/api/training/runs/nobody')).status).toBe(404);

  const trained = await get(`/api/training/runs?project=${project}&status=succeeded`);
  expectContract('get', '/api/training/runs', trained);
  expect(trained.items[0]).toMatchObject({ id: 'run-1', metrics: { r2: 0.8 }, parameters: { cause: 'test' } });
  expectContract('get', '/api/datasets', await get(`/api/datasets?project=${project}`));
  const one = await get(`/api/datasets/1?project=${project}`);
  expectContract('get', '/api/datasets/:number', one);
  expect(one.profile).toEqual(profile);
  expectContract('get', '/api/audit', await get('/api/audit'));
});

test('the performance of a window counts answered predictions and what people said of them', async () => {
  const now = Date.now();
  const insert = (id: number, latency: number, shadow: boolean, ago: number) =>
    api.pool.query(
      `insert into predictions (id, project, model_version, variant, user_id, shadow, input, prediction, latency_ms, created_at)
       values ($1, $2, 'BO1', 'production', $3, $4, '{}', 100, $5, $6)`,
      [id, project, `u${id % 2}`, shadow, latency, new Date(now - ago)],
    );
  const sameHour = Math.min(60_000, now % 3_600_000);
  await insert(1, 10, false, sameHour);
  await insert(2, 30, false, sameHour);
  await insert(3, 999, true, sameHour);
  await insert(4, 999, false, 3 * 3_600_000);
  for (const [id, type, value] of [
    [1, 'rating', 5],
    [2, 'rating', 2],
    [2, 'actual_price', 130],
  ] as const) {
    await api.pool.query(
      `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
       values ($1, $2, $3, $4, 'BO1', 'production', 100, '{}')`,
      [id, project, type, String(value)],
    );
  }
  const body = await get(`/api/monitoring/metrics?project=${project}&hours=1`);
  expectContract('get', '/api/monitoring/metrics', body);
  expect(body.hours).toHaveLength(1);
  expect(body.hours[0]).toMatchObject({
    requests: 2,
    users: 2,
    mean_latency_ms: 20,
    p50_latency_ms: 20,
    mean_prediction: 100,
  });
  expect(body.feedback).toMatchObject([
    { ratings: 2, mean_rating: 3.5, actual_prices: 1, mean_absolute_error: 30, comments: 0 },
  ]);
});
