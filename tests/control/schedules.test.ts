import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileSchedules } from '../../adapters/temporal/reconcile-schedules.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

let api: TestApi;
let id: string;

beforeAll(async () => {
  api = await startTestApi();
  id = `${api.project}-train-weekly`;
  const projects = [api.deps.project(api.project)];
  await reconcileSchedules(api.client, { projects, taskQueue: api.taskQueue, logger: pino({ level: 'silent' }) });
});
afterAll(async () => {
  for (const kind of ['train-weekly', 'evaluate-hourly', 'drift-daily']) {
    await api.client.schedule.getHandle(`${api.project}-${kind}`).delete();
  }
  await api.stop();
});

const change = (action: string, body: object = {}) => api.request.post(`/api/schedules/${id}/${action}`).send(body);

test('the schedules of a project are told, one by one as well', async () => {
  const { body } = await api.request.get(`/api/schedules?project=${api.project}`);
  expectContract('get', '/api/schedules', body);
  const kinds = body.items.map(({ kind, paused }: { kind: string; paused: boolean }) => [kind, paused]);
  expect(kinds.toSorted()).toEqual([
    ['drift', false],
    ['evaluate', false],
    ['train', false],
  ]);
  const { body: one } = await api.request.get(`/api/schedules/${id}`);
  expectContract('get', '/api/schedules/:id', one);
  expect(one).toMatchObject({ id, kind: 'train', spec: '0 2 * * 0' });
});

test('a schedule is paused and resumed, only over what its reader saw, and both are audited', async () => {
  const { etag } = (await api.request.get(`/api/schedules/${id}`)).headers;
  const paused = await change('pause', { reason: 'a look at the data' }).set('If-Match', etag!);
  expect([paused.status, paused.body.paused]).toEqual([200, true]);
  expect((await change('resume').set('If-Match', etag!)).status).toBe(412);
  const resumed = await change('resume');
  expect([resumed.status, resumed.body.paused]).toEqual([200, false]);
  const { rows } = await api.pool.query(
    "select action, reason, details->'after' as after from audit where subject = $1 order by id",
    [id],
  );
  expect(rows).toEqual([
    { action: 'schedule.pause', reason: 'a look at the data', after: { paused: true } },
    { action: 'schedule.resume', reason: 'by local', after: { paused: false } },
  ]);
});

test('a schedule is run now', async () => {
  const { status, body } = await change('trigger');
  expectContract('post', '/api/schedules/:id/trigger', body);
  expect(status).toBe(202);
  const last = async () => (await api.request.get(`/api/schedules/${id}`)).body.last_job_id;
  await expect.poll(last, { timeout: 10_000 }).toContain(`${id}-`);
  await api.client.workflow.getHandle(await last()).terminate('test');
});

test.each(['other-train-weekly', 'nothing', `other-homes-drift-daily`])('there is no schedule %s', async (name) => {
  const { status, body } = await api.request.get(`/api/schedules/${name}`);
  expect([status, body.message]).toEqual([404, `there is no schedule ${name}; GET /api/schedules names them`]);
});
