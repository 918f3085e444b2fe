import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUploadReader } from '../../adapters/postgres/upload-store.js';
import { createRawDataSource } from '../../adapters/raw-data.js';
import { cleanInThread } from '../../control/clean-in-thread.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

let api: TestApi;
let project: string;
beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
  for (const [version, state] of [
    ['CO1', 'staged'],
    ['CO2', 'deleted'],
    ['CO3', 'rejected'],
    ['CO4', 'registered'],
    ['BO1', 'production'],
    ['BO2', 'retired'],
  ] as const) {
    await api.pool.query(
      `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
       values ($1, $2, $3, $4, $5, $6, $2)`,
      [project, version, version.slice(0, 2), Number(version.slice(2)), state, `x_${version}/`],
    );
  }
  await api.pool.query("insert into slots (project, slot, version) values ($1, 'production', 'BO1')", [project]);
});
afterAll(() => api.stop());

const model = () => `/api/models/CO1?project=${project}`;

test('notes and tags are written only over what the writer has seen', async () => {
  const { headers } = await api.request.get(model());
  const first = await api.request
    .patch(model())
    .set('If-Match', headers.etag!)
    .send({ notes: 'try again', tags: ['b', 'a', 'b'] });
  expectContract('patch', '/api/models/:version', first.body);
  expect([first.status, first.body.notes, first.body.tags]).toEqual([200, 'try again', ['b', 'a']]);
  const late = await api.request.patch(model()).set('If-Match', headers.etag!).send({ notes: 'mine' });
  expect([late.status, late.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
  expect(late.headers.etag).toBe((await api.request.get(model())).headers.etag);
  const { rows } = await api.pool.query("select details from audit where action = 'model.annotate'");
  expect(rows).toMatchObject([
    { details: { before: { notes: '', tags: [] }, after: { notes: 'try again', tags: ['b', 'a'] } } },
  ]);
});

test('of many writers who saw the same, one writes', async () => {
  const path = `/api/models/CO1?project=${api.project}`;
  const { etag } = (await api.request.get(path)).headers;
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      api.request
        .patch(path)
        .set('If-Match', etag!)
        .send({ notes: `writer ${i}` })
        .then(({ status }) => status),
    ),
  );
  expect(outcomes.filter((status) => status === 200)).toHaveLength(1);
  expect(outcomes.filter((status) => status !== 200).every((status) => status === 412 || status === 409)).toBe(true);
});

test('an answer that has not changed is not sent again', async () => {
  const { headers } = await api.request.get(model());
  const again = await api.request.get(model()).set('If-None-Match', `"other", ${headers.etag}`);
  expect([again.status, again.text]).toEqual([304, '']);
});

const start = (key: string, body: object = { project }) =>
  api.request.post('/api/training/start').set('Idempotency-Key', key).send(body);

test('the same key with the same request starts one training and gets the same answer', async () => {
  const key = randomUUID();
  const [one, two] = [await start(key), await start(key)];
  expect([one.status, two.status, two.headers['idempotency-replayed']]).toEqual([202, 202, 'true']);
  expect(two.body).toEqual(one.body);
  const { rows } = await api.pool.query("select 1 from audit where action = 'training.start'");
  expect(rows).toHaveLength(1);
});

test('a key that was used for another request is refused', async () => {
  const key = randomUUID();
  expect((await start(key, { project: 'nobody-knows-it' })).status).toBe(404);
  expect((await start(key, { project: 'nobody-knows-it' })).headers['idempotency-replayed']).toBe('true');
  const other = await start(key, { project, random_state: 2 });
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
});

test('two requests with one key at the same time start one training', async () => {
  await api.request.post(`/api/training/cancel/${project}-training`).send({});
  await api.client.workflow.getHandle(`${project}-training`).terminate('test');
  const key = randomUUID();
  const answers = await Promise.all([start(key), start(key), start(key)]);
  const started = answers.filter(({ status }) => status === 202).map(({ body }) => body.job_id);
  expect(new Set(started).size).toBe(1);
  expect(answers.filter(({ status }) => status !== 202).map(({ status }) => status)).toEqual(
    answers.filter(({ status }) => status !== 202).map(() => 409),
  );
});

test('a conflict is not remembered: the same key works once the way is free', async () => {
  const key = randomUUID();
  expect((await start(key)).status).toBe(409);
  await api.client.workflow.getHandle(`${project}-training`).terminate('test');
  await expect.poll(async () => (await start(key)).status, { timeout: 5_000 }).toBe(202);
});

test('a training is cancelled once; a job of another kind is not a training', async () => {
  const cancel = () => api.request.post(`/api/training/cancel/${project}-training`).send({ reason: 'wrong data' });
  expect((await cancel()).status).toBe(202);
  await api.client.workflow.getHandle(`${project}-training`).terminate('test');
  expect((await cancel()).status).toBe(409);
  await api.deps.loop.start({ type: 'deploy', workflowId: `${project}-delivery`, input: {} });
  expect((await api.request.get(`/api/training/status/${project}-delivery`)).status).toBe(404);
  expect((await api.request.post(`/api/training/cancel/${project}-delivery`).send({})).status).toBe(404);
});

test('one delivery at a time: the second is told which job is in the way', async () => {
  const body = { project, version: 'BO2', reason: 'back' };
  const { status, body: problem } = await api.request.post('/api/deploy/rollback').send(body);
  expect([status, problem.job_id]).toEqual([409, expect.stringContaining(`${project}-delivery.`)]);
  await api.client.workflow.getHandle(`${project}-delivery`).terminate('test');
});

const promote = (version: string, of = project) =>
  api.request.put(`/api/models/${version}/promote`).send({ project: of, reason: 'test' });

test.each([
  ['a deleted model', 'CO2', 409, 'CONFLICT'],
  ['a model that failed its gates', 'CO3', 422, 'GATE_FAILED'],
  ['a model whose training is not done', 'CO4', 409, 'CONFLICT'],
  ['a candidate without an experiment', 'CO1', 409, 'CONFLICT'],
  ['the model that is in production', 'BO1', 409, 'CONFLICT'],
  ['a model that is not there', 'CO77', 404, 'NOT_FOUND'],
])('promoting %s is refused and audited', async (_what, version, status, code) => {
  const answer = await promote(version);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  const { rows } = await api.pool.query(
    "select * from audit where action = 'promote.refused' and subject = $1 order by id desc limit 1",
    [version],
  );
  expect(rows[0]).toMatchObject({ project, actor: 'local', details: { code, source: expect.any(String) } });
});

test('a model of another project cannot be promoted in this one', async () => {
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'CO50', 'CO', 50, 'staged', 'y/', 'foreign')`,
    [`other-${project}`],
  );
  expect((await promote('CO50')).status).toBe(404);
  const { rows } = await api.pool.query(
    "select details from audit where action = 'promote.refused' and subject = 'CO50'",
  );
  expect(rows).toMatchObject([{ details: { code: 'NOT_FOUND' } }]);
});

test('there is nothing to roll back to where no version was in production before', async () => {
  const { status, body } = await api.request.post('/api/deploy/rollback').send({ project: `other-${project}` });
  expect([status, body.message]).toEqual([409, expect.stringContaining('no earlier production version')]);
});

const CSV = homePrices.dataset.generate({ randomState: 3, rows: 900 });
const upload = (text: string | Buffer, query = '') =>
  api.request.post(`/api/datasets?project=${project}${query}`).set('Content-Type', 'text/csv').send(text);
const read = () => createRawDataSource({}, createUploadReader(api.pool, api.objects)).read(api.deps.project(project));

test('an uploaded file is checked, kept in S3 and read by the next training until it is withdrawn', async () => {
  const { status, body } = await upload(CSV, '&file_name=homes%20of%20june.csv');
  expectContract('post', '/api/datasets', body);
  expect([status, body.raw_rows, body.file_name]).toEqual([201, 900, 'homes of june.csv']);
  expect(body.rows).toBe(homePrices.dataset.clean(CSV).profile.rows);
  expect(new TextDecoder().decode(await api.objects.get(body.key))).toBe(CSV);
  expect(await read()).toBe(CSV);
  expectContract(
    'get',
    '/api/datasets/uploads',
    (await api.request.get(`/api/datasets/uploads?project=${project}`)).body,
  );
  await api.request.delete(`/api/datasets/uploads/${body.id}?project=${project}`);
  expect(await read()).toBe(homePrices.dataset.generate({ randomState: 1 }));
});

test.each([
  ['of other columns', 'a,b\n1,2\n', 'column'],
  ['with too few rows', homePrices.dataset.generate({ randomState: 3, rows: 20 }), 'training needs 500'],
  ['that is empty', '', 'send the file itself'],
  ['that is binary', Buffer.from([0x89, 0x50, 0, 0, 1, 2, 3]), 'null character'],
])('a file %s is refused with what is wrong', async (_what, text, reason) => {
  const before = await api.objects.list('');
  const { status, body } = await upload(text as string);
  expect([status, body.message.toLowerCase()]).toEqual([422, expect.stringContaining(reason)]);
  expect(await api.objects.list('')).toEqual(before);
});

test('a file of another type, or beyond the limit, is refused', async () => {
  const json = await api.request.post(`/api/datasets?project=${project}`).send({ rows: [] });
  expect(json.status).toBe(422);
  const large = await upload(Buffer.alloc(65 * 1024 * 1024, 97));
  expect([large.status, large.body.code]).toEqual([413, 'TOO_LARGE']);
});

test('cleaning on a thread says the same as cleaning here', async () => {
  expect(await cleanInThread('home-prices', CSV)).toEqual(homePrices.dataset.clean(CSV).profile);
  await expect(cleanInThread('home-prices', 'a,b\n1,2\n')).rejects.toMatchObject({ code: 'DATASET_INVALID' });
}, 30_000);

test('a plan for an experiment and its inverse agree', async () => {
  const ask = (body: object) => api.request.post('/api/experiments/power').send({ project, ...body });
  const plan = (await ask({ effect_ratio: 0.05, users_per_hour: 100 })).body;
  expectContract('post', '/api/experiments/power', plan);
  expect(plan.hours).toBeCloseTo(plan.users / 100, 12);
  // four production ratings for one of the candidate at 80/20
  expect(plan.production_ratings).toBe(plan.candidate_ratings * 4);
  const back = (await ask({ candidate_ratings: plan.candidate_ratings })).body;
  expect(back.effect_ratio).toBeCloseTo(0.05, 3);
  expect((await ask({})).status).toBe(422);
  expect((await ask({ effect_ratio: 0 })).status).toBe(422);
});
