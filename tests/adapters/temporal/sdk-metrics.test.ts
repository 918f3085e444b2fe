import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sdkMetricsExporter } from '../../../adapters/temporal/sdk-metrics.js';
import { loopWorkflow } from '../../../core/loop/workflow-start.js';
import { temporalSdkSeries } from '../../../monitoring/external-metrics.js';
import { createLoop } from '../../support/loop.js';

let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: Awaited<ReturnType<typeof loop.startWorker>>;
let url: string;

beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  Runtime.install({ telemetryOptions: { metrics: sdkMetricsExporter(`127.0.0.1:${port}`) } });
  url = `http://127.0.0.1:${port}/metrics`;
  loop = await createLoop({ namespace: 'sdk-metrics' });
  worker = await loop.startWorker();
});
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
});

test('the worker tells the series of the Temporal SDK that dashboards and alerts are about', async () => {
  // nothing is deployed: the workflow ends at once, well or not
  await loop.loop.run(loopWorkflow('evaluate', 'home-prices', 'test', new Date())).catch(() => null);
  const text = await (await fetch(url)).text();
  const told = new Set(
    text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => /^\w+/.exec(line)?.[0]),
  );
  if (process.env.DUMP) console.log([...told].join('\n'));
  expect(temporalSdkSeries.filter((name) => !told.has(name))).toEqual([]);
});
