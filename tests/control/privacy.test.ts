import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuditLog } from '../../adapters/postgres/audit-log.js';
import { createUserIds } from '../../adapters/privacy/user-ids.js';
import { retainOnce } from '../../control/upkeep/apply-retention.js';
import { post } from '../inference/support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from '../inference/support/inference-world.js';
import { startTestApi, type TestApi } from './api.js';

// What is kept of people, from the prediction service to the API that takes them out again.

const KEY = 'a key of at least thirty-two characters';
const ASHA = 'asha@example.com';
let world: InferenceWorld;
let api: TestApi;
let service: Awaited<ReturnType<InferenceWorld['start']>>;
beforeAll(async () => {
  world = await createInferenceWorld();
  const { pool } = world.database;
  api = await startTestApi({
    pool,
    objects: world.objects,
    audit: createAuditLog(pool),
    userIds: createUserIds(KEY),
  });
  await world.publish('BO1');
  await world.assign('production', 'BO1');
  service = await world.start({ piiKey: KEY });
  await until(() => service.service.model.current !== null);
});
afterAll(async () => {
  await api?.stop();
  await world?.close();
});

const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };
async function predictFor(user: string, experiment?: number): Promise<number> {
  const headers = { 'X-User-Id': user, ...(experiment ? { 'X-Experiment-Id': String(experiment) } : {}) };
  const { status, body } = await post(service, '/api/predict_home_price', home, headers);
  expect(status).toBe(200);
  return body.prediction_id;
}
const say = (prediction_id: number, feedback_type: string, feedback_value: unknown) =>
  post(service, '/api/feedback', { prediction_id, feedback_type, feedback_value });
const query = async (text: string, values: unknown[] = []) => (await world.database.pool.query(text, values)).rows;

test('with a key a user is stored as its hash, the same each time, and found by either form', async () => {
  const first = await predictFor(ASHA, 7);
  const second = await predictFor(ASHA, 7);
  const rows = await query('select distinct user_id from predictions where id = any($1)', [[first, second]]);
  expect(rows).toEqual([{ user_id: expect.stringMatching(/^h1_[\w-]{22}$/) }]);
  const users = await query('select user_id, requests from experiment_users where experiment_id = 7');
  expect(users).toEqual([{ user_id: rows[0].user_id, requests: 2 }]);
  for (const wanted of [ASHA, rows[0].user_id]) {
    const url = `http://${service.address}/api/logs?user_id=${encodeURIComponent(wanted)}`;
    expect(((await (await fetch(url)).json()) as { logs: unknown[] }).logs).toHaveLength(2);
  }
  // sent as if it were an id, a hash is an id like any other: nobody can act as somebody whose hash they saw
  const forged = await predictFor(rows[0].user_id);
  expect(await query('select user_id from predictions where id = $1', [forged])).not.toEqual(rows);
});

test('personal data in a comment is masked before it is stored, and counted', async () => {
  const id = await predictFor('ravi');
  const { body } = await say(id, 'comment', 'too high, call me on 98450 12345 or ravi@example.com');
  expect(body.feedback_value).toBe('too high, call me on [phone number] or [e-mail address]');
  const stored = await query("select value from feedback where prediction_id = $1 and type = 'comment'", [id]);
  expect(stored).toEqual([{ value: body.feedback_value }]);
  const metrics = await (await fetch(`http://${service.address}/metrics`)).text();
  expect(metrics).toMatch(/personal_data_masked_total\{[^}]*kind="phone"[^}]*\} 1/);
  expect(metrics).toMatch(/personal_data_masked_total\{[^}]*kind="email"[^}]*\} 1/);
});

test('a person is taken out of the records, and the counts of experiments stay', async () => {
  const id = await predictFor('meera', 8);
  await say(id, 'rating', 4);
  await say(id, 'comment', 'a fair price');
  const { status, body } = await api.request.delete('/api/users/meera?reason=wrote%20to%20us');
  expect(status).toBe(200);
  expect(body).toEqual({ mode: 'anonymise', predictions: 1, comments: 1, feedback: 0, batches: 0, experiments: 1 });
  expect(await query('select user_id from predictions where id = $1', [id])).toEqual([{ user_id: null }]);
  expect(await query('select type from feedback where prediction_id = $1', [id])).toEqual([{ type: 'rating' }]);
  expect(await query('select requests, ratings, user_id from experiment_users where experiment_id = 8')).toEqual([
    { requests: 1, ratings: 1, user_id: expect.stringMatching(/^erased-/) },
  ]);
  const audit = await query("select actor, subject, reason from audit where action = 'user.anonymise'");
  expect(audit).toEqual([
    { actor: expect.any(String), subject: expect.stringMatching(/^user [0-9a-f]{16}$/), reason: 'wrote to us' },
  ]);
  expect((await api.request.delete('/api/users/meera')).status).toBe(404);
});

test('erase deletes the predictions and all feedback as well', async () => {
  const id = await predictFor('kiran');
  await say(id, 'rating', 5);
  await say(id, 'actual_price', 80);
  const { body } = await api.request.delete('/api/users/kiran?mode=erase');
  expect(body).toEqual({ mode: 'erase', predictions: 1, comments: 0, feedback: 2, batches: 0, experiments: 0 });
  expect(await query('select id from predictions where id = $1', [id])).toEqual([]);
});

test('feedback and ended batch jobs go when their days are over, and others stay', async () => {
  const { pool } = world.database;
  const id = await predictFor('old');
  await say(id, 'rating', 3);
  await query("update feedback set created_at = now() - interval '40 days' where prediction_id = $1", [id]);
  const kept = await query('select count(*)::int as n from feedback where prediction_id <> $1', [id]);
  const insert = `insert into batch_jobs (id, project, model_version, input_key, format, actor, state, result_key, created_at)
    values ($1, 'home-prices', 'BO1', 'k', 'csv', 'test', $2, $3, now() - make_interval(days => $4))`;
  await query(insert, ['old', 'succeeded', 'price_check/batch/jobs/old/result.csv', 40]);
  await query(insert, ['running', 'running', null, 40]);
  await query(insert, ['new', 'succeeded', null, 1]);
  await world.objects.put('price_check/batch/jobs/old/result.csv', Buffer.from('row,prediction\n'));
  const deps = { pool, objects: world.objects, logger: api.deps.logger };
  expect(await retainOnce(deps, { feedbackDays: 30, batchDays: 30 })).toEqual({ feedback: 1, batch_jobs: 1 });
  expect(await query('select count(*)::int as n from feedback')).toEqual(kept);
  expect(await query('select id from batch_jobs order by id')).toEqual([{ id: 'new' }, { id: 'running' }]);
  expect(await world.objects.list('price_check/batch/jobs/old/')).toEqual([]);
});
