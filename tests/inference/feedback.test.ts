import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { home, post, predictAs } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

const say = (prediction_id: unknown, feedback_type: unknown, feedback_value: unknown) =>
  post(running, '/api/feedback', { prediction_id, feedback_type, feedback_value });

async function countsOf(user: string) {
  const { rows } = await world.database.pool.query(
    `select variant, requests, ratings, rating_sum, rating_square_sum, rating_counts, errors, latency_ms_sum, latency_score_sum
     from experiment_users where user_id = $1 order by variant`,
    [user],
  );
  return rows;
}

test('a rating is stored and counted for its user; another one takes its place and the first stays as history', async () => {
  const id = await predictAs(running, 'rater');
  const other = await predictAs(running, 'rater');
  const first = await say(id, 'rating', 2);
  expect([first.status, first.body.replaced]).toEqual([200, false]);
  await say(other, 'rating', 4);
  const second = await say(id, 'rating', 5);
  expect([second.status, second.body.replaced]).toEqual([200, true]);
  expect(await countsOf('rater')).toMatchObject([
    // 5 and 4 count, 2 no longer does
    { requests: 2, ratings: 2, rating_sum: 9, rating_square_sum: 41, rating_counts: [0, 0, 0, 1, 1], errors: 0 },
  ]);
  const { rows } = await world.database.pool.query(
    'select value, superseded_at is null as current from feedback where prediction_id = $1 order by id',
    [id],
  );
  expect(rows).toEqual([
    { value: 2, current: false },
    { value: 5, current: true },
  ]);
});

const withdraw = (prediction_id: unknown, feedback_type: unknown) =>
  post(running, '/api/feedback/withdraw', { prediction_id, feedback_type });

test('a rating that is taken back counts no more and stays as history; taken back again, nothing happens', async () => {
  const id = await predictAs(running, 'doubter');
  const other = await predictAs(running, 'doubter');
  await say(other, 'rating', 4);
  await say(id, 'rating', 2);
  await say(id, 'comment', 'a comment is another answer');
  const first = await withdraw(id, 'rating');
  expect([first.status, first.body]).toEqual([
    200,
    { status: 'withdrawn', prediction_id: id, feedback_type: 'rating' },
  ]);
  const again = await Promise.all([withdraw(id, 'rating'), withdraw(id, 'rating')]);
  expect(again.map(({ status, body }) => [status, body.status])).toEqual(Array(2).fill([200, 'nothing_to_withdraw']));
  expect(await countsOf('doubter')).toMatchObject([
    { requests: 2, ratings: 1, rating_sum: 4, rating_square_sum: 16, rating_counts: [0, 0, 0, 1, 0] },
  ]);
  const { rows } = await world.database.pool.query(
    'select type, superseded_at is null as current from feedback where prediction_id = $1 order by id',
    [id],
  );
  expect(rows).toEqual([
    { type: 'rating', current: false },
    { type: 'comment', current: true },
  ]);
  expect((await say(id, 'rating', 5)).body.replaced).toBe(false);
  expect(await countsOf('doubter')).toMatchObject([{ ratings: 2, rating_sum: 9, rating_counts: [0, 0, 0, 1, 1] }]);
});

test('ratings given and taken back at once leave counts that agree with what is stored', async () => {
  const id = await predictAs(running, 'undecided');
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? withdraw(id, 'rating') : say(id, 'rating', 1 + (i % 5)))),
  );
  const { rows } = await world.database.pool.query(
    "select value from feedback where prediction_id = $1 and type = 'rating' and superseded_at is null",
    [id],
  );
  const [counts] = await countsOf('undecided');
  const sum = rows.reduce((total: number, { value }: { value: number }) => total + value, 0);
  expect([counts.ratings, counts.rating_sum]).toEqual([rows.length, sum]);
});

test('what cannot be taken back is refused by name', async () => {
  expect((await withdraw(999_999_999, 'rating')).status).toBe(404);
  const unknown = await withdraw('x', 'stars');
  expect([unknown.status, unknown.body.fields]).toMatchObject([
    422,
    [{ field: 'prediction_id' }, { field: 'feedback_type', message: expect.stringContaining("'comment'") }],
  ]);
});

test('many ratings of one prediction at once leave one that counts', async () => {
  const id = await predictAs(running, 'eager');
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => say(id, 'rating', 1 + (i % 5))));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const { rows } = await world.database.pool.query(
    "select value from feedback where prediction_id = $1 and type = 'rating' and superseded_at is null",
    [id],
  );
  expect(rows).toHaveLength(1);
  const [counts] = await countsOf('eager');
  expect([counts.ratings, counts.rating_sum, counts.rating_square_sum]).toEqual([1, rows[0].value, rows[0].value ** 2]);
  expect(counts.rating_counts.reduce((a: number, b: number) => a + b)).toBe(1);
});

test.each([
  ['accuracy', 'too_high'],
  ['accuracy', true],
  ['actual_price', 83.5],
  ['comment', 'Nearly right, thank you'],
])('feedback of type %s is stored with what it is about', async (type, value) => {
  const id = await predictAs(running, `with-${type}`);
  expect((await say(id, type, value)).status).toBe(200);
  const { rows } = await world.database.pool.query(
    'select type, value, model_version, variant, input from feedback where prediction_id = $1',
    [id],
  );
  expect(rows).toMatchObject([{ type, value, model_version: 'BO1', variant: 'production', input: home }]);
});

test('an unknown prediction is not found', async () => {
  const answer = await say(999_999_999, 'rating', 3);
  expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
});

test.each([
  ['rating', 'five'],
  ['rating', 0],
  ['rating', 6],
  ['rating', 4.5],
  ['rating', null],
  ['rating', 'NaN'],
  ['accuracy', 'wrong'],
  ['actual_price', -1],
  ['actual_price', 0],
  ['comment', ''],
  ['comment', [1, 2]],
])('%s %j is refused with what is allowed', async (type, value) => {
  const answer = await say(1, type, value);
  expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(answer.body.fields).toMatchObject([{ field: 'feedback_value', message: expect.stringMatching(/must be/) }]);
});

test('an unknown type and a missing prediction are refused by name', async () => {
  const type = await say(1, 'stars', 5);
  expect(type.body.fields).toMatchObject([{ field: 'feedback_type', message: expect.stringContaining("'comment'") }]);
  const id = await say(undefined, 'rating', 5);
  expect(id.body.fields).toMatchObject([{ field: 'prediction_id' }]);
});

test('requests and latencies are counted per user of the experiment', async () => {
  for (let i = 0; i < 3; i++) await predictAs(running, 'counted');
  const [counts] = await countsOf('counted');
  const { rows } = await world.database.pool.query(
    'select latency_ms::float8 as ms from predictions where user_id = $1',
    ['counted'],
  );
  const sum = rows.reduce((total, { ms }) => total + ms, 0);
  expect([counts.requests, counts.variant]).toEqual([3, 'production']);
  expect(counts.latency_ms_sum).toBeCloseTo(sum, 9);
  expect(counts.latency_score_sum).toBeCloseTo(3 - sum / 5000, 9);
});

test('a shadow request is recorded and counts in no experiment', async () => {
  const id = await predictAs(running, 'shadowed', { headers: { 'X-Shadow': '1' } });
  const { rows } = await world.database.pool.query('select shadow from predictions where id = $1', [id]);
  expect(rows).toEqual([{ shadow: true }]);
  await say(id, 'rating', 5);
  expect(await countsOf('shadowed')).toEqual([]);
});

test('a user of the candidate whom production answered is an error of the candidate', async () => {
  const id = await predictAs(running, 'rescued', { assigned: 'candidate' });
  await say(id, 'rating', 5);
  expect(await countsOf('rescued')).toMatchObject([{ variant: 'candidate', requests: 0, ratings: 0, errors: 1 }]);
});

test('a direct caller belongs to no experiment', async () => {
  const { body } = await post(running, '/api/predict_home_price', home);
  expect((await say(body.prediction_id, 'rating', 4)).status).toBe(200);
  const { rows } = await world.database.pool.query('select user_id, experiment_id from predictions where id = $1', [
    body.prediction_id,
  ]);
  expect(rows).toEqual([{ user_id: null, experiment_id: null }]);
});
