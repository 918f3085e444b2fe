import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, type Json, post } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

test('a home is estimated as designed, and recorded before it is answered', async () => {
  const response = await post(running, '/api/predict_home_price', home, {
    'X-User-Id': 'u1',
    'X-Request-Id': 'r1',
    'X-Experiment-Id': '7',
    'X-Assigned-Variant': 'production',
  });
  expect([response.status, response.headers.get('x-variant'), response.headers.get('x-model-version')]).toEqual([
    200,
    'production',
    'BO1',
  ]);
  const { prediction_id, estimated_price, unit, model_version, variant, latency_ms, timestamp } = response.body;
  expect({ unit, model_version, variant }).toEqual({ unit: 'lakh INR', model_version: 'BO1', variant: 'production' });
  expect(Number.isSafeInteger(prediction_id)).toBe(true);
  expect(estimated_price).toBeGreaterThan(1);
  expect(latency_ms).toBeGreaterThan(0);
  const { rows } = await world.database.pool.query('select * from predictions where id = $1', [prediction_id]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    project: 'home-prices',
    model_version: 'BO1',
    variant: 'production',
    assigned_variant: 'production',
    experiment_id: 7,
    user_id: 'u1',
    request_id: 'r1',
    shadow: false,
    input: { ...home, balcony: null, area_type: null, availability: null },
  });
  expect(Math.round(rows[0].prediction * 100) / 100).toBe(estimated_price);
  expect(rows[0].created_at.toISOString()).toBe(timestamp);
});

test('a form is answered like JSON', async () => {
  const form = new URLSearchParams({ total_sqft: '1000', location: 'Whitefield', bhk: '2', bath: '2' });
  const [fromForm, fromJson] = await Promise.all([
    fetch(`http://${running.address}/api/predict_home_price`, { method: 'POST', body: form }),
    post(running, '/api/predict_home_price', home),
  ]);
  const { estimated_price } = (await fromForm.json()) as { estimated_price: number };
  expect(estimated_price).toBe(fromJson.body.estimated_price);
});

test('an unknown location is predicted as other and said so', async () => {
  const response = await post(running, '/api/predict_home_price', { ...home, location: 'Atlantis' });
  const { warnings } = response.body;
  expect(response.status).toBe(200);
  expect(warnings).toEqual([
    { field: 'location', value: 'Atlantis', message: "location 'Atlantis' is not known: predicted as 'other'" },
  ]);
});

test.each([
  ['an area of zero', { ...home, total_sqft: 0 }, 'total_sqft'],
  ['a negative area', { ...home, total_sqft: -5 }, 'total_sqft'],
  ['no bedroom', { ...home, bhk: 0 }, 'bhk'],
  ['200 bedrooms', { ...home, bhk: 200 }, 'bhk'],
  ['half a bathroom', { ...home, bath: 1.5 }, 'bath'],
  ['words for a number', { ...home, bhk: 'two' }, 'bhk'],
  ['no location', { total_sqft: 1000, bhk: 2, bath: 2 }, 'location'],
  ['null', { ...home, total_sqft: null }, 'total_sqft'],
])('%s is refused with the field and what is allowed', async (_what, body, field) => {
  const response = await post(running, '/api/predict_home_price', body);
  const problem = response.body;
  expect([response.status, response.headers.get('content-type'), problem.code]).toEqual([
    422,
    'application/problem+json',
    'INVALID_INPUT',
  ]);
  expect(problem.fields.map((one: { field: string }) => one.field)).toEqual([field]);
  expect(problem.message).toContain(field);
});

test.each([
  ['broken JSON', '{"total_sqft": 1000,', {}, 400, 'BAD_JSON'],
  ['an empty body', '', {}, 400, 'BAD_JSON'],
  ['NaN, which is no JSON', '{"total_sqft": NaN}', {}, 400, 'BAD_JSON'],
  ['a list', '[1,2]', {}, 422, 'INVALID_INPUT'],
  ['XML', '<home/>', { 'Content-Type': 'application/xml' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['Latin-1', '{}', { 'Content-Type': 'application/json; charset=latin1' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a body of 100 kB', `{"location":"${'x'.repeat(100_000)}"}`, {}, 413, 'TOO_LARGE'],
])('%s is refused', async (_what, body, headers, status, code) => {
  const response = await post(running, '/api/predict_home_price', body, headers as Record<string, string>);
  expect([response.status, response.body.code]).toEqual([status, code]);
});

test('text that the database cannot hold is stored without it', async () => {
  const response = await post(running, '/api/predict_home_price', { ...home, location: 'a\u0000b\ud800c' });
  const { prediction_id } = response.body;
  const { rows } = await world.database.pool.query('select input from predictions where id = $1', [prediction_id]);
  expect([response.status, rows[0].input.location]).toEqual([200, 'ab\ufffdc']);
});

test('unknown paths and other methods are problems, not pages', async () => {
  const answers = await Promise.all([
    get(running, '/api/nothing'),
    get(running, '/api/predict_home_price'),
    get(running, '/%E0%A4%A'),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([404, 405, 404]);
  expect(answers[1]!.headers.get('allow')).toBe('POST');
  expect(answers.map((answer) => answer.body.code)).toEqual(['NOT_FOUND', 'METHOD_NOT_ALLOWED', 'NOT_FOUND']);
});

test('locations, health and the drift report before the first one', async () => {
  const [locations, health, drift]: Json[] = await Promise.all(
    ['/api/get_location_names', '/api/health', '/api/drift_report'].map(
      async (path) => (await get(running, path)).body,
    ),
  );
  expect(locations.locations).toContain('Whitefield');
  expect((await get(running, '/api/get_location_names')).body).toEqual(locations);
  expect(health).toMatchObject({
    status: 'ok',
    ready: true,
    variant: 'production',
    model_version: 'BO1',
    database: 'up',
  });
  expect(drift).toMatchObject({ overall_drift_detected: false, drift_indicators: {} });
});

test('the drift report has the stored fields', async () => {
  await world.database.pool.query(
    `insert into drift_reports (project, model_version, window_start, window_end, rows, drifted, score, report, idempotency_key)
     values ('home-prices', 'BO1', now(), now(), 10, true, 0.4, $1, 'k')`,
    [
      {
        overall_drift_detected: true,
        drift_indicators: { prediction: { drift_percentage: 42.6, significant_drift: true } },
      },
    ],
  );
  const report = (await get(running, '/api/drift_report')).body;
  expect(report).toMatchObject({
    overall_drift_detected: true,
    drift_indicators: { prediction: { drift_percentage: 42.6, significant_drift: true } },
    model_drift_score: 0.4,
  });
});

test('the figures add up, as JSON and for Prometheus', async () => {
  const before = (await get(running, '/api/metrics')).body;
  await post(running, '/api/predict_home_price', home);
  await post(running, '/api/predict_home_price', { ...home, bhk: 0 });
  const after = (await get(running, '/api/metrics')).body;
  expect(after.predictions.total - before.predictions.total).toBe(1);
  expect(after.predictions.by_version.BO1).toBe(after.predictions.total);
  expect(after.predictions.errors.INVALID_INPUT - before.predictions.errors.INVALID_INPUT).toBe(1);
  expect(after.requests.by_status['422'] - before.requests.by_status['422']).toBe(1);
  expect(after.predictions.latency_ms.p95).toBeGreaterThan(0);
  const text = (await get(running, '/metrics')).body;
  expect(text).toContain(
    `prediction_requests_total{project="home-prices",variant="production"} ${after.predictions.total}`,
  );
});

test('known and unknown categories are counted by feature, and reads of lists by where they came from', async () => {
  const figures = async () => {
    const text: string = (await get(running, '/metrics')).body;
    return (name: string, ...labels: string[]) => {
      const lines = text.split('\n').filter((line) => line.startsWith(name) && labels.every((l) => line.includes(l)));
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    };
  };
  const before = await figures();
  await post(running, '/api/predict_home_price', { ...home, location: 'Whitefield' });
  await post(running, '/api/predict_home_price', { ...home, location: 'Nowhere in particular' });
  await get(running, '/api/get_location_names');
  const after = await figures();
  const grown = (...of: [string, ...string[]]) => after(...of) - before(...of);
  const lookups = (outcome: string) => grown('feature_lookups_total', 'feature="location"', `outcome="${outcome}"`);
  expect([lookups('hit'), lookups('miss')]).toEqual([1, 1]);
  // what is not given is not looked up
  expect(grown('feature_lookups_total', 'feature="area_type"')).toBe(0);
  // read once for a model, however often it is asked for
  expect(after('feature_read_seconds_count', 'outcome="miss"')).toBe(1);
  const made = after('feature_tables_timestamp_seconds');
  expect(made).toBe(Date.parse(running.service.model.current!.document.lineage.trainedAt) / 1000);
});
