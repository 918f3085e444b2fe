import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectClient } from '../../adapters/temporal/connect.js';
import { createWorkers } from '../../adapters/temporal/create-workers.js';
import { startTracing, type Tracing } from '../../adapters/tracing/tracing.js';
import { BATCH_QUEUE, ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../../core/loop/task-queues.js';
import { startOtlpReceiver } from '../adapters/tracing/otlp-receiver.js';
import { eventually } from '../monitoring/real-services.js';
import { createLoop } from '../support/loop.js';

const namespace = `traced-${randomBytes(4).toString('hex')}`;
let loop: Awaited<ReturnType<typeof createLoop>>;
let collector: Awaited<ReturnType<typeof startOtlpReceiver>>;
let tracing: Tracing;
let stopWorkers: () => Promise<void>;

beforeAll(async () => {
  loop = await createLoop({ namespace });
  collector = await startOtlpReceiver();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 };
  tracing = (await startTracing({ variables, service: 'worker' }))!;
  const connection = await NativeConnection.connect({ address: inject('services').temporalAddress });
  const workers = await createWorkers({
    connection,
    namespace,
    orchestrationQueue: ORCHESTRATION_QUEUE,
    trainingQueue: TRAINING_QUEUE,
    batchQueue: BATCH_QUEUE,
    activities: loop.activities,
    concurrentTrainings: 1,
    tracing,
    workflows: { workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)) },
  });
  const done = Promise.all(workers.map((worker) => worker.run()));
  stopWorkers = async () => {
    for (const worker of workers) worker.shutdown();
    await done;
    await connection.close();
  };
}, 120_000);
afterAll(async () => {
  await stopWorkers?.();
  await tracing?.stop();
  await loop?.stop();
  await collector?.stop();
}, 60_000);

test('who starts a workflow, the workflow and its activities are one trace', async () => {
  const environment = { TEMPORAL_ADDRESS: inject('services').temporalAddress, TEMPORAL_NAMESPACE: namespace };
  const client = await connectClient(environment, tracing);
  const traceId = await tracing.tracer.startActiveSpan('a person asks', async (span) => {
    const event = { kind: 'drift', project: 'home-prices', subject: 'BO1', summary: 'Drift.' };
    const args = [{ id: 'traced', at: '2026-01-02T03:04:05.000Z', event }];
    await client.workflow.execute('sendNotification', { workflowId: 'traced', taskQueue: ORCHESTRATION_QUEUE, args });
    span.end();
    return span.spanContext().traceId;
  });
  await client.connection.close();
  const names = [
    'a person asks',
    'StartWorkflow:sendNotification',
    'RunWorkflow:sendNotification',
    'StartActivity:planDeliveries',
    'RunActivity:planDeliveries',
  ];
  const spans = await eventually('all spans arrive', () => {
    const found = collector.spans().filter((span) => span.traceId === traceId);
    return names.every((name) => found.some((span) => span.name === name)) ? found : undefined;
  });
  const parentOf = (name: string) => {
    const { parentSpanId } = spans.find((span) => span.name === name)!;
    return spans.find(({ spanId }) => spanId === parentSpanId)?.name;
  };
  expect(names.slice(1).map(parentOf)).toEqual(names.slice(0, -1));
});
