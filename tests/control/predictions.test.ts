import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlApp } from '../../control/app.js';
import { artifactPrefix } from '../../core/registry/version.js';
import { trainHomeModel } from '../inference/support/train-home-model.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

let api: TestApi;
let project: string;
const trained = trainHomeModel('BO1');
const known = trained.document.expected[0]!;
const attack = '<img src=x onerror=alert(1)>';

async function predicted(id: number, values: { variant?: string; user?: string; prediction?: number } = {}) {
  const { variant = 'production', user = 'u1', prediction = known.prediction } = values;
  await api.pool.query(
    `insert into predictions (id, project, model_version, variant, user_id, request_id, input, prediction, latency_ms, created_at)
     values ($1, $2, 'BO1', $3, $4, $5, $6, $7, 1.5, $8)`,
    [id, project, variant, user, `r${id}`, known.row, prediction, new Date(Date.UTC(2026, 0, 1, 0, 0, id))],
  );
}
async function said(id: number, type: string, value: unknown) {
  await api.pool.query(
    `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
     values ($1, $2, $3, $4, 'BO1', 'production', 1, '{}')`,
    [id, project, type, JSON.stringify(value)],
  );
}

beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
  const prefix = artifactPrefix(project, 'BO1');
  const document = { ...trained.document, project };
  await api.deps.artifacts.write(prefix, {
    project,
    version: 'BO1',
    createdAt: document.lineage.trainedAt,
    files: { ...trained.files, 'model.json': new TextEncoder().encode(JSON.stringify(document)) },
  });
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'BO1', 'BO', 1, 'production', $2, 'k')`,
    [project, prefix],
  );
  for (const id of [1, 2, 3]) await predicted(id, { variant: id === 2 ? 'candidate' : 'production', user: `u${id}` });
  await said(1, 'rating', 4);
  await said(1, 'comment', attack);
});
afterAll(() => api.stop());

const ids = (page: { items: { id: number }[] }) => page.items.map(({ id }) => id);
const get = async (path: string) =>
  (await api.request.get(`${path}${path.includes('?') ? '&' : '?'}project=${project}`)).body;

test('predictions are listed newest first with what was said, by pages and by filter', async () => {
  const page = await get('/api/predictions');
  expectContract('get', '/api/predictions', page);
  expect(ids(page)).toEqual([3, 2, 1]);
  expect(page.items[2].feedback).toMatchObject([
    { type: 'rating', value: 4 },
    { type: 'comment', value: attack },
  ]);
  const first = await get('/api/predictions?limit=2');
  expect(ids(await get(`/api/predictions?limit=2&cursor=${first.next_cursor}`))).toEqual([1]);
  expect(ids(await get('/api/predictions?variant=candidate'))).toEqual([2]);
  expect(ids(await get('/api/predictions?user_id=u3'))).toEqual([3]);
  expect(ids(await get('/api/predictions?request_id=r1'))).toEqual([1]);
});

test('one prediction is explained: base value and contributions add up to it', async () => {
  const found = await get('/api/predictions/1');
  expectContract('get', '/api/predictions/:id', found);
  const parts = Object.values<number>(found.explanation.contributions);
  expect(parts).toHaveLength(7);
  expect(parts.reduce((sum, part) => sum + part, found.explanation.base_value)).toBeCloseTo(known.prediction, 6);
  expect((await api.request.get(`/api/predictions/9?project=${project}`)).status).toBe(404);
});

test('feedback is listed by its type, the newest first', async () => {
  const page = await get('/api/feedback');
  expectContract('get', '/api/feedback', page);
  expect(page.items.map(({ type }: { type: string }) => type)).toEqual(['comment', 'rating']);
  expect((await get('/api/feedback?type=rating')).items).toMatchObject([{ prediction_id: 1, value: 4 }]);
});

test('the files of a version can be taken along, and nothing beside them', async () => {
  const ask = (file: string) => api.request.get(`/api/models/BO1/files/${file}?project=${project}`).buffer(true);
  const answer = await ask('forest.bin').responseType('blob');
  expect(Buffer.compare(answer.body, Buffer.from(trained.files['forest.bin']!))).toBe(0);
  expect(answer.headers['content-disposition']).toBe(`attachment; filename="${project}_BO1_forest.bin"`);
  expect((await ask('manifest.json')).status).toBe(404);
  expect((await ask('..%2Fmanifest.json')).status).toBe(422);
});

test('a page is told what has changed, once it has', async () => {
  const server = createServer(createControlApp(api.deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const controller = new AbortController();
  const answer = await fetch(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events?project=${project}`,
    { headers: { Accept: 'text/event-stream' }, signal: controller.signal },
  );
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (words: RegExp) => {
    while (!words.test(text)) text += (await reader.read()).value ?? '';
  };
  await until(/event: watching/);
  await predicted(4);
  await until(/event: changed\ndata: .*"predictions"/);
  // nothing else had changed
  expect(/changed\ndata: (.*)/.exec(text)?.[1]).toBe('{"topics":["predictions"]}');
  await api.pool.query(`insert into slots (project, slot, version) values ($1, 'production', 'BO1')`, [project]);
  await until(/"slots"/);
  controller.abort();
  server.closeAllConnections();
  server.close();
});
