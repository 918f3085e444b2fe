import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../inference/app.js';
import type { RunningService } from '../../inference/start-service.js';
import { home, post } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

/** What differs from request to request. */
const timeless = ({ prediction_id, latency_ms, timestamp, ...rest }: Record<string, unknown>) => rest;

test.each([
  ['a home', home],
  ['an unknown location', { ...home, location: 'Atlantis' }],
  ['two wrong fields', { ...home, bhk: 0, bath: 'x' }],
  ['a list', [1]],
])('the application and its short lane answer %s alike', async (_what, body) => {
  const [lane, app] = [
    await post(running, '/api/predict_home_price', body),
    await supertest(createApp(running.service)).post('/api/predict_home_price').send(body),
  ];
  expect([app.status, timeless(app.body)]).toEqual([lane.status, timeless(lane.body)]);
  for (const name of ['content-type', 'x-variant', 'x-model-version', 'etag']) {
    expect(app.headers[name] ?? null).toBe(lane.headers.get(name));
  }
});
