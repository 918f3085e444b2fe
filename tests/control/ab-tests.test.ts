import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUserIds } from '../../adapters/privacy/user-ids.js';
import { lookAtAbTest, variantOf } from '../../core/experiment/ab-test.js';
import { startTestApi, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const post = (path: string, body: object) => api.request.post(`/api/ab-tests${path}`).send(body);
const get = async (path: string) => (await api.request.get(`/api/ab-tests${path}`)).body;

/** A test of three models elsewhere: 40 % see the control, 30 % each a treatment. */
async function begin(name: string, more: object = {}): Promise<number> {
  const treatments = ['model_v2', 'model_v3'].map((treatment) => ({ name: treatment, percent: 30 }));
  const { status, body } = await post('', { project: api.project, name, control: 'model_v1', treatments, ...more });
  expect(status).toBe(201);
  return body.id;
}

/** Users ask for their variant by the split and are then as happy as it makes them. */
async function live(
  id: number,
  users: number,
  happy: Record<string, (i: number) => object>,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const observations: object[] = [];
  const split = await api.deps.abTests.get(id);
  expect((await get(`/${id}/assignment?user_id=u0`)).variant).toBe(variantOf(split, 'u0'));
  for (let i = 0; i < users; i++) {
    const variant = variantOf(split, `u${i}`);
    seen.set(variant, (seen.get(variant) ?? 0) + 1);
    observations.push({ user_id: `u${i}`, ...happy[variant]!(i) });
  }
  for (let at = 0; at < observations.length; at += 500) {
    const { status } = await post(`/${id}/observations`, { observations: observations.slice(at, at + 500) });
    expect(status).toBe(202);
  }
  return seen;
}

test('users are dealt by the shares, the better of two good treatments wins, and afterwards everybody gets it', async () => {
  const id = await begin('three models', { success_metric: 'rating' });
  const seen = await live(id, 600, {
    model_v1: (i) => ({ latency_ms: 20, rating: 2 + (i % 2) }),
    model_v2: (i) => ({ latency_ms: 20, rating: 3 + (i % 2) }),
    model_v3: (i) => ({ latency_ms: 20, rating: 4 + (i % 2) }),
  });
  // four standard deviations around 40, 30 and 30 % of 600
  expect(Math.abs(seen.get('model_v1')! - 240)).toBeLessThan(48);
  expect(Math.abs(seen.get('model_v2')! - 180)).toBeLessThan(45);
  const result = await get(`/${id}/result`);
  expect(result).toMatchObject({ winner: 'model_v3', would_end: 'model_v3 beats model_v1' });
  expect(result.treatments.map((arm: { verdict: string }) => arm.verdict)).toEqual(['promote', 'promote']);

  const { abTests, now } = api.deps;
  const split = await abTests.get(id);
  const { counts, previous } = await abTests.read(split);
  await abTests.recordLook(id, lookAtAbTest(split, counts, previous, { ...split, now: now() }, split.rule), 'hour 1');
  expect(await get(`/${id}`)).toMatchObject({ state: 'decided', winner: 'model_v3' });
  expect(await get(`/${id}/assignment?user_id=anybody`)).toEqual({ user_id: 'anybody', variant: 'model_v3' });
  expect((await post(`/${id}/observations`, { observations: [{ user_id: 'u', rating: 5 }] })).status).toBe(409);
});

test('equal treatments have no winner, and one that fails is worse beyond doubt', async () => {
  const id = await begin('errors', { success_metric: 'error_rate' });
  await live(id, 600, {
    model_v1: () => ({ latency_ms: 20 }),
    model_v2: () => ({ latency_ms: 20 }),
    model_v3: (i) => (i % 3 === 0 ? { failed: true } : { latency_ms: 20 }),
  });
  const { winner, treatments } = await get(`/${id}/result`);
  expect(winner).toBeNull();
  expect(treatments.map((arm: { verdict: string }) => arm.verdict)).toEqual(['continue_testing', 'rollback']);
});

test('accuracies decide where they are the metric', async () => {
  const id = await begin('accuracy', { success_metric: 'accuracy' });
  await live(id, 500, {
    model_v1: (i) => ({ latency_ms: 20, accuracy: 0.6 + 0.1 * (i % 3) }),
    model_v2: (i) => ({ latency_ms: 20, accuracy: 0.8 + 0.1 * (i % 3) }),
    model_v3: (i) => ({ latency_ms: 20, accuracy: 0.6 + 0.1 * (i % 3) }),
  });
  expect(await get(`/${id}/result`)).toMatchObject({ winner: 'model_v2' });
});

test.each([
  [
    'shares that leave the control nothing',
    {
      treatments: [
        { name: 'b', percent: 60 },
        { name: 'c', percent: 40 },
      ],
    },
  ],
  ['two variants of one name', { treatments: [{ name: 'model_v1', percent: 10 }] }],
  ['no treatment', { treatments: [] }],
  ['a share of more than everybody', { treatments: [{ name: 'b', percent: 120 }] }],
  ['a metric it does not know', { success_metric: 'clicks' }],
])('refuses %s', async (_what, wrong) => {
  const good = { project: api.project, name: 'wrong', control: 'model_v1', treatments: [{ name: 'b', percent: 10 }] };
  expect((await post('', { ...good, ...wrong })).status).toBe(422);
});

test.each([
  ['a rating of 6', { rating: 6 }],
  ['a rating of 4.5', { rating: 4.5 }],
  ['a rating in words', { rating: 'five' }],
  ['a negative latency', { latency_ms: -1 }],
  ['a variant that is not part of the test', { variant: 'model_v9', rating: 5 }],
])('refuses to count %s', async (what, wrong) => {
  const id = await begin(`observations: ${what}`);
  expect((await post(`/${id}/observations`, { observations: [{ user_id: 'u', ...wrong }] })).status).toBe(422);
  await post(`/${id}/stop`, { reason: 'done' });
});

test('one open test of a name; a stopped one is over', async () => {
  const id = await begin('once');
  const again = { project: api.project, name: 'once', control: 'a', treatments: [{ name: 'b', percent: 10 }] };
  expect((await post('', again)).status).toBe(409);
  expect((await post(`/${id}/stop`, { reason: 'a second thought' })).body).toMatchObject({
    state: 'stopped',
    winner: null,
  });
  expect((await post(`/${id}/stop`, { reason: 'again' })).status).toBe(409);
  expect((await get(`/${id}/assignment?user_id=u`)).variant).toBe('model_v1');
});

test('users are stored as their hashes where there is a key, and a person is taken out of A/B tests as well', async () => {
  const keyed = await startTestApi({ userIds: createUserIds('a key of at least thirty-two characters') });
  try {
    const treatments = [{ name: 'b', percent: 50 }];
    const test = { project: keyed.project, name: 'private', control: 'a', treatments };
    const { id } = (await keyed.request.post('/api/ab-tests').send(test)).body;
    const observations = [{ user_id: 'asha@example.com', rating: 5 }];
    await keyed.request.post(`/api/ab-tests/${id}/observations`).send({ observations });
    const users = async () =>
      (await keyed.pool.query<{ user_id: string }>('select user_id from ab_test_users')).rows.map((row) => row.user_id);
    expect(await users()).toEqual([expect.stringMatching(/^h1_/)]);
    const gone = await keyed.request.delete('/api/users/asha%40example.com?reason=asked%20for');
    expect(gone.status).toBe(200);
    expect(await users()).toEqual([expect.stringMatching(/^erased-/)]);
  } finally {
    await keyed.stop();
  }
});
