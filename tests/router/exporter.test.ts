import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { followLog } from '../../router/exporter/follow-log.js';
import { parseStatus, readStatus } from '../../router/exporter/read-status.js';
import { eventually, freePort } from '../monitoring/real-services.js';
import { startExporter } from './support/exporter.js';
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
  test('count who was assigned to what and who answered', async ({ pair }) => {
    const router = await pair(kind, { candidateWeightPercent: 100 });
    const exporter = await startExporter(router, router.state);
    ends.push(() => exporter.stop());

    for (let i = 0; i < 3; i++) await fetch(`http://127.0.0.1:${router.port}/predict`, { method: 'POST', body: '{}' });
    await fetch(`http://127.0.0.1:${router.port}/api/health`);
    const scraped = await eventually('the log is written and counted', async () => {
      const text = await exporter.scrape();
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
  expect(await readStatus({ host: '127.0.0.1', port: await freePort(), tls: false })).toBeNull();
});

describe('an exporter whose log or registry is damaged', () => {
  test('leaves out a line that was cut off, and counts one without its fields as unknown', async ({ route }) => {
    const router = await route('built-in', stateWith());
    const exporter = await startExporter(router, stateWith());
    ends.push(() => exporter.stop());
    await appendFile(join(router.directory, 'access.log'), '{"status":20\n{}\n');
    const scraped = await exporter.scrape();
    expect(scraped).toMatch(/router_requests_total\{project="home-prices",assigned="none",served="none"\} 1\n/);
    expect(scraped).toMatch(/router_responses_total\{project="home-prices",status="0xx"\} 1\n/);
  });

  test('answers 500 when the metrics cannot be told, 404 at any other path', async ({ route }) => {
    const router = await route('built-in', stateWith());
    const registry = { contentType: 'text/plain', metrics: () => Promise.reject(new Error('no metrics')) };
    const exporter = await startExporter(router, stateWith(), { registry });
    ends.push(() => exporter.stop());
    expect([await exporter.statusOf('/metrics'), await exporter.statusOf('/')]).toEqual([500, 404]);
  });

  test('that finds its port taken lets the router serve', async ({ route }) => {
    const router = await route('built-in', stateWith());
    const first = await startExporter(router, stateWith());
    ends.push(() => first.stop());
    const second = await startExporter(router, stateWith(), { port: first.port });
    await second.stop();
    expect(await first.scrape()).toContain('router_routing_generation');
  });
});
