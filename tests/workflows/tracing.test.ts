import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { connectClient } from '../../adapters/temporal/connect.js';
import { createWorkers, type WorkersOptions } from '../../adapters/temporal/create-workers.js';
import { startTracing, type Tracing } from '../../adapters/tracing/tracing.js';
import { BATCH_QUEUE, ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../../core/loop/task-queues.js';
import { bundleWorkflows } from '../../scripts/bundle-workflows.mjs';
import { startOtlpReceiver } from '../adapters/tracing/otlp-receiver.js';
import { eventually } from '../monitoring/real-services.js';
import { createLoop } from '../support/loop.js';

const folder = mkdtempSync(join(tmpdir(), 'incumbent-traced-'));
let collector: Awaited<ReturnType<typeof startOtlpReceiver>>;
let tracing: Tracing;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 };
  tracing = (await startTracing({ variables, service: 'worker' }))!;
});
afterAll(async () => {
  await tracing?.stop();
  await collector?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Workers of a namespace of their own that trace; stopped when the test ends. */
async function startTracedWorkers(workflows: WorkersOptions['workflows']): Promise<string> {
  const namespace = `traced-${randomBytes(4).toString('hex')}`;
  const loop = await createLoop({ namespace });
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
    workflows,
  });
  const done = Promise.all(workers.map((worker) => worker.run()));
  onTestFinished(async () => {
    for (const worker of workers) worker.shutdown();
    await done;
    await connection.close();
    await loop.stop();
  });
  return namespace;
}

const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));

test.each([
  ['compiled when the worker starts', async () => ({ workflowsPath })],
  [
    'bundled as an image carries them',
    async () => {
      const codePath = join(folder, 'workflow-bundle-traced.js');
      writeFileSync(codePath, await bundleWorkflows({ traced: true }));
      return { workflowBundle: { codePath } };
    },
  ],
])(
  'with workflows %s: who starts one, the workflow and its activities are one trace',
  async (_how, workflows) => {
    const namespace = await startTracedWorkers(await workflows());
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
  },
  120_000,
);
