import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, type Json, post, predictAs } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

// What a service tells of what was recorded: both slots write to one log.

let world: InferenceWorld;
let production: RunningService;
let candidate: RunningService;
/** Ids in the order of the predictions: five of asha, two of the candidate for ravi. */
const ids: number[] = [];

beforeAll(async () => {
  world = await createInferenceWorld();
  await Promise.all([world.publish('BO1'), world.publish('CO1', { randomState: 2 })]);
  await Promise.all([world.assign('production', 'BO1'), world.assign('candidate', 'CO1')]);
  production = await world.start({ instanceId: 'production' });
  candidate = await world.start({ instanceId: 'candidate', slot: 'candidate' });
  await until(() => [production, candidate].every(({ service }) => service.model.current !== null), 60_000);
  for (let i = 0; i < 5; i++) ids.push(await predictAs(production, 'asha'));
  for (let i = 0; i < 2; i++) ids.push(await predictAs(candidate, 'ravi', { assigned: 'candidate' }));
});
afterAll(() => world.close());

const idsOf = (body: Json): number[] => body.logs.map((log: Json) => log.prediction_id);
const logs = async (query: string): Promise<Json> => {
  const { status, body } = await get(production, `/api/logs?${query}`);
  expect(status).toBe(200);
  return body;
};

test('pages lead from the newest prediction to the oldest, each once', async () => {
  const seen: number[] = [];
  const sizes: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Json = await logs(`limit=3&cursor=${cursor}`);
    sizes.push(page.logs.length);
    seen.push(...idsOf(page));
    cursor = page.next_cursor;
  }
  expect([sizes, new Set(seen)]).toEqual([[3, 3, 1], new Set(ids)]);
  expect(seen.slice(0, 2).toSorted()).toEqual(ids.slice(-2).toSorted());
});

test('a line tells what was asked, what was answered and what people said of it', async () => {
  const { body: said } = await post(production, '/api/feedback', {
    prediction_id: ids[0],
    feedback_type: 'rating',
    feedback_value: 4,
  });
  expect(said).toMatchObject({ prediction_id: ids[0] });
  const { logs: lines } = await logs('');
  expect(lines.find((line: Json) => line.prediction_id === ids[0])).toMatchObject({
    variant: 'production',
    assigned_variant: 'production',
    model_version: 'BO1',
    experiment_id: 7,
    user_id: 'asha',
    shadow: false,
    input: home,
    prediction: expect.any(Number),
    unit: 'lakh INR',
    feedback: [{ type: 'rating', value: 4, timestamp: expect.any(String) }],
  });
});

test('filters leave what was asked for; an empty one is none', async () => {
  const { logs: all } = await logs('variant=&user_id=');
  expect(all).toHaveLength(7);
  expect(new Set(idsOf(await logs('variant=candidate')))).toEqual(new Set(ids.slice(5)));
  expect(idsOf(await logs('model_version=BO1&user_id=ravi'))).toEqual([]);
  expect(idsOf(await logs('user_id=asha'))).toHaveLength(5);
  const times = all.map((line: Json) => line.timestamp).toSorted();
  expect(idsOf(await logs(`from=${encodeURIComponent(times[0])}`))).toHaveLength(7);
  expect(idsOf(await logs(`to=2020-01-01T00:00:00Z`))).toEqual([]);
});

test.each([
  ['limit=0', 'limit', /whole number from 1 to 500/],
  ['limit=501', 'limit', /whole number from 1 to 500/],
  ['limit=many', 'limit', /whole number from 1 to 500/],
  ['variant=shadow', 'variant', /'production' or 'candidate'/],
  ['from=yesterday', 'from', /must be a time/],
  [`user_id=${'x'.repeat(129)}`, 'user_id', /at most 128/],
  [`model_version=${'x'.repeat(33)}`, 'model_version', /at most 32/],
  ['cursor=abc', 'cursor', /one that this endpoint gave/],
  [`cursor=${Buffer.from('2026-13-40T99:99:99Z 1').toString('base64url')}`, 'cursor', /one that this endpoint gave/],
])('%s is refused by name', async (query, field, message) => {
  const { status, body } = await get(production, `/api/logs?${query}`);
  expect([status, body.code, body.fields[0].field]).toEqual([422, 'INVALID_INPUT', field]);
  expect(body.message).toMatch(message);
});

test('the split that is in force is told in percent', async () => {
  expect((await get(production, '/config')).body).toEqual({
    model_v1_weight: 100,
    model_v2_weight: 0,
    experiment_id: null,
    project: 'home-prices',
  });
});

test('the short health says what the long one says, and the documentation is a page', async () => {
  const { status, body } = await get(candidate, '/health');
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ status: 'ok', ready: true, variant: 'candidate', model_version: 'CO1' }),
  ]);
  const page = await get(production, '/docs');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.body).toContain('/api/predict_home_price');
  expect((await get(production, '/openapi.json')).body.openapi).toBe('3.1.0');
});
