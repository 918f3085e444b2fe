import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRows } from '../../core/features/encode-rows.js';
import type { EncoderPlan } from '../../core/features/encoder-plan.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { smallHomePrices } from '../support/loop.js';
import { expectContract } from './contract.js';
import { type DeliveryStory, PROJECT, startDeliveryStory } from './support/delivery-story.js';

// Models trained elsewhere, registered beside those of a loop that runs.

// made by tests/vectors/onnx-import.py
const onnxVectors = JSON.parse(readFileSync(new URL('../vectors/onnx-import.json', import.meta.url), 'utf8')) as {
  cases: { onnx: string }[];
  refused: { onnx: string }[];
};
let story: DeliveryStory;
let request: DeliveryStory['request'];
let get: DeliveryStory['get'];
beforeAll(async () => {
  story = await startDeliveryStory('register');
  ({ request, get } = story);
  await story.trainBoth();
}, 180_000);
afterAll(() => story?.stop(), 60_000);

/** A finished model in the bucket, as somebody else's training leaves it. */
async function putIncoming(name: string, change: (document: ModelDocument) => void = () => {}): Promise<string> {
  const { artifactPrefix } = await story.loop.registry.get(PROJECT, 'CO1');
  const files: Record<string, Uint8Array> = {};
  for (const file of ['model.json', 'forest.bin', 'reference.json'])
    files[file] = await story.loop.artifacts.readFile(artifactPrefix, file);
  const document = JSON.parse(new TextDecoder().decode(files['model.json']));
  change(document);
  files['model.json'] = new TextEncoder().encode(JSON.stringify(document));
  const prefix = `${smallHomePrices.prefix}/incoming/${name}/`;
  await story.loop.artifacts.write(prefix, {
    project: PROJECT,
    version: 'theirs',
    createdAt: '2026-01-01T00:00:00Z',
    files,
  });
  return prefix;
}

const register = (prefix: string) =>
  request.post('/api/models').send({ project: PROJECT, key_prefix: prefix, reason: 'from research' });

test('a model trained elsewhere is measured on the same rows as ours and gets the next number', async () => {
  const { status, body } = await register(await putIncoming('twin'));
  expectContract('post', '/api/models', body);
  expect([status, body.version, body.state, body.gate_failures]).toEqual([201, 'CO2', 'staged', []]);
  // the same forest as CO1: what the worker measured for that must come out here
  const { metrics } = await get(`/api/models/CO1?project=${PROJECT}`);
  for (const name of ['mae', 'rmse', 'r2', 'incumbentMae']) expect(body.metrics[name]).toBeCloseTo(metrics[name], 9);
});

test('a foreign model that is not good enough is kept out by the gates', async () => {
  const { artifactPrefix } = await story.loop.registry.get(PROJECT, 'CO1');
  const forest = decodeForest(await story.loop.artifacts.readFile(artifactPrefix, 'forest.bin'));
  const prefix = await putIncoming('useless', (document) => {
    // every home looks like a tiny one: still a forest that says what its document expects of it
    const column = (document.encoder as EncoderPlan).columns.find(({ kind }) => kind === 'target');
    if (column?.kind !== 'target') throw new Error('the model has no target encoding');
    column.values.fill(0);
    column.other = 0;
    const rows = document.expected.map(({ row }) => row);
    const said = predictBatch(forest, encodeRows(document.encoder as EncoderPlan, rows));
    document.expected = rows.map((row, i) => ({ row, prediction: said[i]! }));
  });
  const { status, body } = await register(prefix);
  expect([status, body.state]).toEqual([201, 'rejected']);
  expect(body.gate_failures.join()).toMatch(/hold-out R² is/);
  const deploy = await request
    .post('/api/deploy')
    .send({ project: PROJECT, version: body.version, slot: 'candidate', reason: 'try' });
  expect([deploy.status, deploy.body.code]).toEqual([422, 'GATE_FAILED']);
});

test.each([
  ['another project', (document: ModelDocument) => void Object.assign(document, { project: 'iris' }), 'is of iris'],
  [
    'expectations it does not meet',
    (document: ModelDocument) => void Object.assign(document.expected[0]!, { prediction: 1 }),
    'expected row 0',
  ],
])('a foreign model with %s is refused', async (_what, change, reason) => {
  const { status, body } = await register(await putIncoming('wrong', change));
  expect([status, body.message]).toEqual([422, expect.stringContaining(reason)]);
});
test('an ONNX file alone becomes a model that says what the file says', async () => {
  const { artifactPrefix } = await story.loop.registry.get(PROJECT, 'CO1');
  const prefix = `${smallHomePrices.prefix}/incoming/onnx/`;
  await story.loop.objects.put(
    `${prefix}model.onnx`,
    await story.loop.artifacts.readFile(artifactPrefix, 'model.onnx'),
  );
  const { status, body } = await register(prefix);
  expectContract('post', '/api/models', body);
  expect([status, body.state, body.gate_failures]).toEqual([201, 'staged', []]);
  // the file holds CO1 in 32-bit numbers
  const { metrics } = await get(`/api/models/CO1?project=${PROJECT}`);
  for (const name of ['mae', 'rmse', 'r2']) expect(body.metrics[name] / metrics[name]).toBeCloseTo(1, 3);
  const detail = await get(`/api/models/${body.version}?project=${PROJECT}`);
  expect(Object.keys(detail.files).sort()).toEqual(['forest.bin', 'model.json', 'model.onnx', 'reference.json']);
  const shares = Object.values(detail.importances as Record<string, number>);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  const comparison = await get(`/api/models/compare?project=${PROJECT}&a=CO1&b=${body.version}`);
  expect(comparison.predictions.mean_absolute_difference).toBeLessThan(0.1);
});

test.each([
  ['other inputs', () => onnxVectors.cases[0]!.onnx, 'takes 4 inputs, expected'],
  ['another task', () => onnxVectors.cases[3]!.onnx, 'classification'],
  ['another operator', () => onnxVectors.refused[0]!.onnx, 'LinearRegressor'],
  ['no ONNX', () => Buffer.from('hello').toString('base64'), 'not a usable ONNX model'],
])('an ONNX file with %s is refused with the reason', async (_what, onnx, reason) => {
  const prefix = `${smallHomePrices.prefix}/incoming/wrong-onnx/`;
  await story.loop.objects.put(`${prefix}model.onnx`, Buffer.from(onnx(), 'base64'));
  const { status, body } = await register(prefix);
  expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(body.message).toContain(reason);
});

test('a foreign model is taken from the folder for it and from nowhere else', async () => {
  const { prefix } = smallHomePrices;
  for (const folder of [
    `${prefix}_BO1/`,
    `${prefix}/incoming/../../${prefix}_BO1/`,
    'iris/incoming/x/',
    `${prefix}/incoming/`,
  ]) {
    expect((await register(folder)).status).toBe(422);
  }
  const missing = await register(`${prefix}/incoming/nothing-here/`);
  expect([missing.status, missing.body.message]).toEqual([422, expect.stringContaining('manifest')]);
});
