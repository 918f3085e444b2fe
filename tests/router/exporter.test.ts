import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, describe, expect } from 'vitest';
import { createMetrics } from '../../monitoring/metrics.js';
import { routerMetricDefinitions } from '../../monitoring/router-metrics.js';
import { followLog } from '../../router/exporter/follow-log.js';
import { parseStatus, readStatus } from '../../router/exporter/read-status.js';
import { startRouterExporter } from '../../router/exporter/router-exporter.js';
import { eventually, freePort } from '../monitoring/real-services.js';
import { test } from './support/fixtures.js';
import { KINDS, stateWith } from './support/routers.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'incumbent-exporter-'));
  ends.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe.each(KINDS)('the metrics of the %s router', (kind) => {
  test('count who was assigned to what and who answered', async ({ service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    const state = stateWith({
      production: [production.address],
      candidate: [candidate.address],
      candidateWeightPercent: 100,
    });
    const accessLogPath = join(await folder(), 'access.log');
    const { port } = await route(kind, state, { accessLogPath });
    const registry = new Registry();
    const metricsPort = await freePort();
    const exporter = await startRouterExporter({
      project: 'home-prices',
      host: '127.0.0.1',
      port: metricsPort,
      accessLogPath,
      metrics: createMetrics(registry, routerMetricDefinitions),
      registry,
      status: () => readStatus('127.0.0.1', port, false),
      state: () => state,
      logger: pino({ level: 'silent' }),
    });
    ends.push(() => exporter.stop());

    for (let i = 0; i < 3; i++) await fetch(`http://127.0.0.1:${port}/predict`, { method: 'POST', body: '{}' });
    await fetch(`http://127.0.0.1:${port}/api/health`);
    const scraped = await eventually('the log is written and counted', async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const answers = /router_responses_total\{project="home-prices",status="2xx"\} (\d+)/.exec(text)?.[1];
      return answers === '4' ? text : undefined;
    });
    // predictions of a candidate's user go to the candidate, everything else to production
    const requests = [...scraped.matchAll(/^router_requests_total\{.*assigned="(\w+)",served="(\w+)"\} (\d+)$/gm)];
    const served = requests.map(([, assigned, by, count]) => [assigned, by, Number(count)]);
    expect(served.reduce((sum, [, , count]) => sum + (count as number), 0)).toBe(4);
    expect(served).toContainEqual(['candidate', expect.stringMatching(/candidate|none/), 3]);
    expect(scraped).toMatch(/router_request_duration_seconds_count\{.*\} \d/);
    expect(scraped).toMatch(/router_connections_active\{project="home-prices"\} [1-9]/);
    expect(scraped).toContain('router_routing_generation{project="home-prices"} 1');
    expect(scraped).toContain('router_upstream_instances{project="home-prices",variant="candidate"} 1');
  });
});

test('the log is followed over a rotation; lines of an earlier run and unfinished ones do not count', async () => {
  const path = join(await folder(), 'access.log');
  await writeFile(path, 'before\n');
  const log = await followLog(path);
  ends.push(() => log.close());
  const lines: string[] = [];
  const read = () => log.read((line) => lines.push(line));
  await appendFile(path, 'one\ntw');
  await read();
  expect(lines).toEqual(['one']);
  await appendFile(path, 'o €\n');
  await rename(path, `${path}.1`);
  await writeFile(path, 'three\n');
  await read();
  expect(lines).toEqual(['one', 'two €', 'three']);
  await appendFile(path, 'four\n');
  await read();
  expect(lines.at(-1)).toBe('four');
});

test('a log that is not there yet is read from its beginning', async () => {
  const path = join(await folder(), 'access.log');
  const log = await followLog(path);
  ends.push(() => log.close());
  const lines: string[] = [];
  await log.read((line) => lines.push(line));
  await writeFile(path, 'first\n');
  await log.read((line) => lines.push(line));
  expect(lines).toEqual(['first']);
});

test('what is no status page is none, and a router that is away has none', async () => {
  expect(parseStatus('Active connections: 3 \nserver …\nReading: 0 Writing: 1 Waiting: 2 \n')).toEqual({
    active: 3,
    waiting: 2,
  });
  expect(parseStatus('<html>')).toBeNull();
  expect(await readStatus('127.0.0.1', await freePort(), false)).toBeNull();
});
