import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnavailableError } from '../../core/errors.js';
import { toLoadResult } from '../../load/load-result.js';
import { runK6, scriptOf } from '../../load/run-k6.js';
import { type ScenarioName, scenarios } from '../../load/scenarios.js';
import { describeTarget } from '../../load/target.js';
import { findTool } from '../../stack/tools/find-tool.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
let k6: string;
beforeAll(async () => {
  // the first time on a machine it is downloaded or built
  k6 = (await findTool('k6')).path;
}, 900_000);

/** A router that splits as it is told: what the thresholds must tell apart. */
let steady = true;
let server: Server;
let router: string;
beforeAll(async () => {
  let id = 0;
  server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (request.url === '/router/state') return response.end('{"experimentId":1,"candidateWeightPercent":20}');
    if (request.url === '/api/get_location_names') return response.end('{"locations":["Whitefield"]}');
    id++;
    const user = Number(/\d+$/.exec(String(request.headers['x-user-id']))?.[0]);
    const variant = (steady ? user : id) % 5 === 0 ? 'candidate' : 'production';
    return response.end(JSON.stringify({ prediction_id: id, estimated_price: 50, model_version: 'BO1', variant }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  router = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function play(scenario: ScenarioName) {
  const target = await describeTarget(router);
  const summary = await runK6({ k6, scenario, target, rate: 20, timeScale: 0.05, visible: false });
  return toLoadResult(summary, { scenario, startedAt: '2026-01-01T00:00:00.000Z', ...target });
}

test('there is a script for every scenario, and no script that nobody can start', () => {
  const scripts = readdirSync(fileURLToPath(new URL('../load', import.meta.url))).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(scripts.sort()).toEqual(
    Object.keys(scenarios)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test('the scripts type-check against k6', () => {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tests/load'], { cwd: root });
}, 60_000);

test.each(Object.keys(scenarios) as ScenarioName[])(
  'k6 accepts %s and its limits on latency and errors',
  (scenario) => {
    const inspected = JSON.parse(
      execFileSync(k6, ['inspect', '--execution-requirements', scriptOf(scenario)], {
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    );
    expect(Object.keys(inspected.thresholds)).toEqual(
      expect.arrayContaining(['prediction_duration', 'prediction_failed']),
    );
    expect(inspected.maxVUs).toBeGreaterThan(0);
  },
);

test('a router that keeps its users where they are passes the sticky split', async () => {
  steady = true;
  const result = await play('sticky-split');
  expect(result).toMatchObject({ passed: true, predictions: 500, errorRatio: 0, candidateWeight: 0.2 });
  expect(result.candidateShare).toBeCloseTo(0.2, 1);
}, 60_000);

test('a router that moves its users between the variants fails it, and for that reason', async () => {
  steady = false;
  const result = await play('sticky-split');
  expect(result.passed).toBe(false);
  expect(result.thresholds).toContainEqual({ metric: 'sticky', rule: 'rate==1', ok: false });
}, 60_000);

test('where no router answers, the error says what was asked and what to do', async () => {
  await expect(describeTarget('http://127.0.0.1:1')).rejects.toThrow(UnavailableError);
  await expect(describeTarget('http://127.0.0.1:1')).rejects.toThrow(/127\.0\.0\.1:1\/router\/state .*npm start/);
});
