import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { findNginx } from '../router/find-nginx.js';
import { createNginxRouter } from '../router/nginx-router.js';
import type { RoutingState } from '../router/routing-state.js';
import { startChild } from './router/child.js';
import { measureThroughput, steadyLoad, type Timed } from './router/load.js';

const RESULTS = new URL('./results/router.json', import.meta.url);
const CONNECTIONS = [16, 64, 256];
const SECONDS = 5;
const STEADY_PER_SECOND = 500;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function p99(samples: readonly Timed[]): number {
  const sorted = samples.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

/** A steady load with weight changes in its second half: what did they cost? */
async function measureChanges(port: number, change: (weight: number) => Promise<void>) {
  const stop = steadyLoad(port, STEADY_PER_SECOND);
  await sleep(5_000);
  for (const weight of [50, 20, 50, 20]) {
    await change(weight);
    await sleep(250);
  }
  const all = await stop();
  return {
    requests: all.length,
    failed: all.filter(({ ok }) => !ok).length,
    p99BeforeMs: p99(all.filter(({ at }) => at > 1_000 && at < 5_000)),
    p99DuringMs: p99(all.filter(({ at }) => at >= 5_000)),
  };
}

/** Requests per second through nginx and the built-in router against the service without one, and changes under load. */
export async function run() {
  const nginxPath = findNginx(process.env.NGINX_PATH);
  if (nginxPath === null) throw new Error('nginx is not installed: install it or set NGINX_PATH');
  execFileSync('which', ['wrk'], { stdio: 'ignore' });
  const directory = mkdtempSync(join(tmpdir(), 'incumbent-bench-router-'));
  const service = await startChild('echo-service.ts');
  const address = `127.0.0.1:${service.port}`;
  const state: RoutingState = {
    project: 'home-prices',
    generation: 1,
    experimentId: 1,
    salt: 'home-prices:1',
    candidateWeightPercent: 20,
    shadowPercent: 0,
    production: [address],
    candidate: [address],
  };
  const builtIn = await startChild('built-in-process.ts', JSON.stringify(state));
  const port = await freePort();
  const nginx = createNginxRouter({ directory, nginxPath, host: '127.0.0.1', port, logger: pino({ level: 'silent' }) });
  await nginx.start(state);
  try {
    const targets = { direct: service.port, nginx: port, builtIn: builtIn.port };
    const rows: ({ through: string; connections: number } & Awaited<ReturnType<typeof measureThroughput>>)[] = [];
    for (const connections of CONNECTIONS) {
      for (const [through, target] of Object.entries(targets)) {
        rows.push({ through, connections, ...(await measureThroughput(target, connections, SECONDS)) });
      }
    }
    let generation = 1;
    const changes = await measureChanges(port, (candidateWeightPercent) =>
      nginx.apply({ ...state, generation: ++generation, candidateWeightPercent }),
    );
    const result = { nginxVersion: nginx.version(), node: process.version, throughput: rows, changes };
    mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
    console.table(rows);
    console.table(changes);
    const rate = (name: string) =>
      rows.find(({ through, connections }) => through === name && connections === 64)!.requestsPerSecond;
    console.log(`router ratio=${(rate('nginx') / rate('direct')).toFixed(2)}`);
    return result;
  } finally {
    await nginx.stop();
    await builtIn.stop();
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await run();
