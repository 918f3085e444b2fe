import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ask, BenchProcess } from './process.js';

const run = promisify(execFile);

/** 1,000 users of one experiment, each with a home of its own: what the router would send. */
const SCRIPT = `
local requests = {}
local next = 0
function init()
  for i = 1, 1000 do
    local headers = { ["Content-Type"] = "application/json", ["X-User-Id"] = "user-" .. i,
                      ["X-Experiment-Id"] = "1", ["X-Assigned-Variant"] = "production", ["X-Request-Id"] = "request-" .. i }
    local body = '{"total_sqft": ' .. (600 + i) .. ', "location": "Whitefield", "bhk": ' .. (1 + i % 4) .. ', "bath": 2}'
    requests[i] = wrk.format("POST", "/api/predict_home_price", headers, body)
  end
end
function request()
  next = next % 1000 + 1
  return requests[next]
end`;

/** The same request over and over, for a service that is asked in another way. */
const repeated = ({ path, body }: Ask) =>
  [
    'wrk.method = "POST"',
    `wrk.path = ${JSON.stringify(path)}`,
    'wrk.headers["Content-Type"] = "application/json"',
    `wrk.body = [[${body}]]`,
  ].join('\n');

export interface Throughput {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** Milliseconds of wrk's `1.23ms`, `950us`, `1.02s`. */
function milliseconds(text: string | undefined): number {
  const [, value, unit] = /^([\d.]+)(us|ms|s)$/.exec(text ?? '') ?? [];
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1_000 : 1);
}

/** Predictions as fast as wrk gets them over kept connections, one thread. */
export async function measure(
  { port, ask }: Pick<BenchProcess, 'port' | 'ask'>,
  connections: number,
  seconds: number,
): Promise<Throughput> {
  const folder = await mkdtemp(join(tmpdir(), 'incumbent-wrk-'));
  const script = join(folder, 'predict.lua');
  await writeFile(script, ask ? repeated(ask) : SCRIPT);
  try {
    const url = `http://127.0.0.1:${port}/`;
    const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url]);
    const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout)?.slice(1) ?? [];
    const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
    return {
      requestsPerSecond: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])),
      p50Ms: milliseconds(/^\s+50%\s+(\S+)/m.exec(stdout)?.[1]),
      p99Ms: milliseconds(/^\s+99%\s+(\S+)/m.exec(stdout)?.[1]),
      failed: errors.reduce((sum, count) => sum + Number(count), refused),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
