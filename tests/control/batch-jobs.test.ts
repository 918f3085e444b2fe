import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../inference/support/inference-world.js';
import { createBatchWorld } from './support/batch-world.js';

// A batch from the API to its files, on real workers: one story, told in order.

const JOBS = '/api/predict/batch/jobs';
const HEADER = 'total_sqft,location,bhk,bath';
let world: Awaited<ReturnType<typeof createBatchWorld>>;
beforeAll(async () => {
  world = await createBatchWorld('batch-jobs');
}, 120_000);
afterAll(() => world?.close(), 60_000);

const upload = (text: string, type = 'text/csv', query = '?project=home-prices') =>
  world.api.request.post(`${JOBS}${query}`).set('Content-Type', type).send(text);
const status = async (id: string) => (await world.api.request.get(`${JOBS}/${id}`)).body;
const file = async (id: string, which: 'result' | 'errors') => {
  const { body } = await world.api.request.get(`${JOBS}/${id}/${which}`).responseType('text');
  return String(body).trimEnd().split('\n');
};

async function ended(id: string, withinMs = 60_000) {
  await until(async () => !['queued', 'running'].includes((await status(id)).state), withinMs);
  return status(id);
}

/** Homes that differ, the 7th of every ten with an area that no home has. */
function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => `${i % 10 === 6 ? -5 : 600 + (i % 3000)},Whitefield,2,2`);
  return `${HEADER}\n${lines.join('\n')}\n`;
}

test('without a model in production a job is refused', async () => {
  const { status: code, body } = await upload(table(5));
  expect([code, body.code]).toEqual([503, 'NO_MODEL']);
  expect(body.message).toMatch(/no model in production/);
  await world.publish('BO1');
});

test.each([
  ['an empty table', '', 'text/csv', '?project=home-prices', 422, /empty/],
  ['a table without a project', 'a\n1\n', 'text/csv', '', 422, /\?project=/],
  ['another type', '<a/>', 'application/xml', '?project=home-prices', 415, /application\/json or text\/csv/],
  ['a version that never was', 'a\n1\n', 'text/csv', '?project=home-prices&model_version=BO99', 404, /BO99/],
  ['a version that is none', 'a\n1\n', 'text/csv', '?project=home-prices&model_version=1', 422, /BO or CO/],
])('%s is refused', async (_what, text, type, query, code, message) => {
  const answer = await upload(text, type, query);
  expect([answer.status, answer.body.message]).toEqual([code, expect.stringMatching(message)]);
});

test.each([
  ['that does not exist', 'price_check/batch/none.csv', 404, /none\.csv/],
  ['of a model', 'price_check_BO1/forest.bin', 422, /under price_check\/batch\//],
  ['that climbs', 'price_check/batch/../../secret.csv', 422, /under price_check\/batch\//],
  ['that climbs and comes back', 'price_check/batch/../batch/../../secret.csv', 422, /under price_check\/batch\//],
  ['that climbs after the folder', 'price_check/batch/a/../../BO1/forest.csv', 422, /under price_check\/batch\//],
  ['from the root', '/price_check/batch/table.csv', 422, /under price_check\/batch\//],
  ['in another bucket', 's3://other/price_check/batch/table.csv', 422, /under price_check\/batch\//],
  ['with a null character', 'price_check/batch/a\u0000.csv', 422, /key/],
  ['whose format nobody knows', 'price_check/batch/table.parquet', 422, /csv or ndjson/],
])('a key %s is refused', async (_what, key, code, message) => {
  const answer = await world.api.request.post(JOBS).send({ project: 'home-prices', key });
  expect([answer.status, answer.body.message]).toEqual([code, expect.stringMatching(message)]);
});

test('a table becomes a file of predictions and a file of refused rows; other tables fail with their reason', async () => {
  const worker = await world.startWorker();
  const started = await upload(table(20));
  expect(started.status).toBe(202);
  const id = started.body.job_id;
  expect(await ended(id)).toMatchObject({
    state: 'succeeded',
    model_version: 'BO1',
    format: 'csv',
    rows: 20,
    rows_done: 20,
    refused_rows: 2,
    chunks: 1,
    progress: 1,
    error: null,
  });
  const [head, first, ...rest] = await file(id, 'result');
  expect(head).toBe('row,prediction');
  expect(first).toMatch(/^1,\d+(\.\d+)?$/);
  expect(rest).toHaveLength(17);
  expect(await file(id, 'errors')).toEqual([
    'row,error',
    '7,"total_sqft must be a number above 0 and at most 50000, got -5"',
    '17,"total_sqft must be a number above 0 and at most 50000, got -5"',
  ]);
  expect(await world.objects.list(`price_check/batch/jobs/${id}/parts/`)).toEqual([]);

  const lines = await upload(
    '{"total_sqft":1000,"location":"Whitefield","bhk":2,"bath":2}\nno\n',
    'application/x-ndjson',
  );
  await ended(lines.body.job_id);
  const [answered] = await file(lines.body.job_id, 'result');
  expect(JSON.parse(answered!)).toEqual({ row: 1, prediction: expect.any(Number) });
  expect(JSON.parse((await file(lines.body.job_id, 'errors'))[0]!)).toMatchObject({ row: 2 });

  const lacking = await upload('total_sqft,bhk\n1000,2\n');
  expect(await ended(lacking.body.job_id)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/lacks location/),
  });
  const refused = await world.api.request.get(`${JOBS}/${lacking.body.job_id}/result`);
  expect([refused.status, refused.body.message]).toEqual([409, expect.stringMatching(/it is failed/)]);

  const list = await world.api.request.get(`${JOBS}?project=home-prices&state=failed`);
  expect(list.body.items.map(({ job_id }: { job_id: string }) => job_id)).toEqual([lacking.body.job_id]);
  worker.kill('SIGTERM');
  await once(worker, 'exit');
}, 120_000);

test('a cancelled job ends, says so and leaves no parts', async () => {
  const { body } = await upload(table(10)); // no worker runs
  await world.api.request.post(`${JOBS}/${body.job_id}/cancel`).send({ reason: 'the wrong table' }).expect(202);
  await world.startWorker();
  await until(async () => (await status(body.job_id)).state === 'cancelled', 30_000);
  expect((await status(body.job_id)).ended_at).not.toBeNull();
  await world.api.request.post(`${JOBS}/${body.job_id}/cancel`).send({}).expect(409);
}, 120_000);

test('a worker that is killed in the middle costs no row and repeats no finished chunk', async () => {
  const rows = 900_000; // 6 chunks
  const { body } = await upload(table(rows));
  const id = body.job_id;
  const [first] = world.running();
  await until(async () => (await status(id)).chunks_done >= 2, 60_000);
  first!.kill('SIGKILL');
  const before = await chunkTimes(id);
  expect(before.length).toBeGreaterThanOrEqual(2);
  await world.startWorker();
  const done = await ended(id, 120_000);
  expect(done).toMatchObject({ state: 'succeeded', rows, rows_done: rows, refused_rows: rows / 10 });
  const after = await chunkTimes(id);
  expect(after).toHaveLength(done.chunks);
  expect(after).toEqual(expect.arrayContaining(before));
  const result = await file(id, 'result');
  const numbers = result.slice(1).map((line) => Number(line.slice(0, line.indexOf(','))));
  expect(numbers).toHaveLength(rows - rows / 10);
  expect(numbers.every((number, i) => i === 0 || number > numbers[i - 1]!)).toBe(true);
}, 240_000);

async function chunkTimes(id: string) {
  const { rows } = await world.pool.query('select chunk, done_at from batch_job_chunks where job_id = $1 order by 1', [
    id,
  ]);
  return rows;
}
