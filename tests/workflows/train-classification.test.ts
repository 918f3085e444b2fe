import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { loopWorkflow } from '../../core/loop/workflow-start.js';
import type { ModelProject } from '../../core/project.js';
import { parseModelDocument } from '../../core/registry/model-document.js';
import type { TrainCandidateResult } from '../../workflows/train-candidate.js';
import { flowerRows, flowers } from '../support/flowers.js';
import { createLoop } from '../support/loop.js';

// A classification project through the whole training, on real services and served by a real inference process.

let declared: ModelProject = flowers;
let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  const followed = new Proxy(flowers, { get: (_, key) => declared[key as keyof ModelProject] });
  loop = await createLoop({ namespace: 'classification', project: followed });
  loop.rawData.text = csvOf(flowerRows(300, 1));
  worker = await loop.startWorker();
  await loop.startInference('production');
  await loop.startInference('candidate');
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
}, 60_000);

const csvOf = (rows: Parameters<typeof toSnapshotCsv>[0]) => toSnapshotCsv(rows, flowers.dataset.columns);
const train = async () =>
  (await loop.loop.run(loopWorkflow('train', 'flowers', 'test', new Date()))) as TrainCandidateResult;
const documentOf = async (version: string) => {
  const bytes = await loop.artifacts.readFile(`flowers_${version}/`, 'model.json');
  return parseModelDocument(bytes);
};

test('the first model tells its classes, its figures and what its gates said', async () => {
  const result = await train();
  expect(result).toMatchObject({ outcome: 'deployed', version: 'BO1', slot: 'production' });
  const { classes, metrics, gates, expected } = await documentOf('BO1');
  expect(classes).toEqual(['setosa', 'versicolor', 'virginica']);
  expect(metrics.accuracy).toBeGreaterThan(0.9);
  expect(metrics.recall_setosa).toBe(1);
  expect(metrics.testRows).toBe(60);
  expect(gates?.map(({ gate, passed }) => [gate, passed])).toEqual([
    ['metrics.accuracy', true],
    ['metrics.logLoss', true],
    ['leakage', true],
    ['predictions.constant', true],
    ['latency', true],
  ]);
  expect(new Set(expected.map(({ prediction }) => prediction))).toEqual(new Set([0, 1, 2]));
});

test('a prediction service loads it and answers with class numbers', async () => {
  const [instance] = await loop.slots.instances('flowers', 'production', 10_000);
  const answer = await fetch(`http://${instance?.address}/api/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ features: [5.6, 2.4] }),
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ model_version: 'BO1' });
});

test.each(['boosting', 'ml-random-forest'] as const)('%s trains the next candidate', async (algorithm) => {
  declared = { ...flowers, training: { ...flowers.training, algorithm } };
  const result = await train();
  declared = flowers;
  expect(result.outcome).toBe('deployed');
  const document = await documentOf(result.version);
  expect(document.algorithm).toBe(algorithm);
  expect(document.metrics.accuracy).toBeGreaterThan(0.9);
  expect(document.metrics.incumbentAccuracy).toBeGreaterThan(0.9);
});

test('a forest grown in parts by several steps is the one a single step grows, byte for byte', async () => {
  const whole = await train();
  declared = { ...flowers, training: { ...flowers.training, minRowTrees: 2_000 } };
  const parted = await train();
  declared = flowers;
  expect(parted.metrics.parts).toBe(9);
  const forestOf = (version: string) => loop.artifacts.readFile(`flowers_${version}/`, 'forest.bin');
  expect(Buffer.compare(await forestOf(parted.version), await forestOf(whole.version))).toBe(0);
  expect(await loop.objects.list('flowers/work/')).toEqual([]);
});

test('labels that say nothing are rejected with both figures', async () => {
  const labels = ['setosa', 'versicolor', 'virginica'];
  // the rows' own classes go round by one, these by three
  loop.rawData.text = csvOf(flowerRows(300, 1).map((row, i) => ({ ...row, class: labels[Math.floor(i / 3) % 3]! })));
  const result = await train();
  expect(result.outcome).toBe('rejected');
  expect(result.reasons.join('; ')).toMatch(/hold-out accuracy is 0\.\d+, at least 0.85 is needed/);
  // people hear of it: the event went to a workflow that sends it
  const sent = async () => {
    const events: unknown[] = [];
    for await (const { workflowId } of loop.client.workflow.list({ query: "WorkflowType = 'sendNotification'" })) {
      const { events: history } = await loop.client.workflow.getHandle(workflowId).fetchHistory();
      const payload = history?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
      if (payload) events.push(defaultPayloadConverter.fromPayload(payload));
    }
    return events;
  };
  await expect.poll(sent, { timeout: 10_000 }).toContainEqual(
    expect.objectContaining({
      event: expect.objectContaining({ kind: 'training_failed', project: 'flowers', subject: result.version }),
    }),
  );
});

test('one class only stops the training', async () => {
  loop.rawData.text = csvOf(flowerRows(300, 1).map((row) => ({ ...row, class: 'setosa' })));
  await expect(train()).rejects.toMatchObject({
    cause: { cause: { message: "the target 'class' has one class only, 'setosa': at least two are needed" } },
  });
});
