import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BODY = '{"total_sqft":1000,"location":"Whitefield","bhk":2,"bath":2}';
const PATH = '/api/predict_home_price';
const HEADERS = { 'Content-Type': 'application/json', 'X-User-Id': 'ravi' };

export interface Throughput {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** Milliseconds of wrk's `1.23ms`, `950us`, `1.02s`. */
function milliseconds(text: string): number {
  const [, value, unit] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1_000 : 1);
}

/** Predictions as fast as wrk gets them over kept connections. */
export async function measureThroughput(port: number, connections: number, seconds: number): Promise<Throughput> {
  const folder = await mkdtemp(join(tmpdir(), 'incumbent-bench-'));
  const script = join(folder, 'post.lua');
  const headers = Object.entries(HEADERS).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`);
  await writeFile(script, ['wrk.method = "POST"', `wrk.body = '${BODY}'`, ...headers].join('\n'));
  try {
    const url = `http://127.0.0.1:${port}${PATH}`;
    const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url]);
    const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout)?.slice(1) ?? [];
    const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
    return {
      requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
      p99Ms: milliseconds(/99%\s+(\S+)/.exec(stdout)?.[1] ?? ''),
      failed: errors.reduce((sum, count) => sum + Number(count), refused),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Timed {
  /** Milliseconds since the load began. */
  readonly at: number;
  readonly latencyMs: number;
  readonly ok: boolean;
}

/** Predictions at a steady rate over kept connections, until stopped. */
export function steadyLoad(port: number, requestsPerSecond: number): () => Promise<Timed[]> {
  const agent = new http.Agent({ keepAlive: true });
  const results: Timed[] = [];
  const open = new Set<Promise<void>>();
  const began = performance.now();
  const ask = () =>
    new Promise<boolean>((resolve) => {
      const request = http.request(
        { host: '127.0.0.1', port, method: 'POST', path: PATH, headers: HEADERS, agent },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode === 200));
          response.on('error', () => resolve(false));
        },
      );
      request.on('error', () => resolve(false));
      request.end(BODY);
    });
  let sent = 0;
  const timer = setInterval(() => {
    for (; sent < ((performance.now() - began) * requestsPerSecond) / 1_000; sent++) {
      const started = performance.now();
      const one = ask().then((ok) => {
        results.push({ at: started - began, latencyMs: performance.now() - started, ok });
        open.delete(one);
      });
      open.add(one);
    }
  }, 2);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    agent.destroy();
    return results;
  };
}
