import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { freePorts } from '../../stack/ports.js';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { nginxPath } from './support/routers.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const children: ChildProcess[] = [];
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'incumbent-router-server-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** The router as a process of its own, whose Postgres is away. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'router/server.ts')], {
    cwd: root,
    env: {
      ...process.env,
      INCUMBENT_HOME: home,
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
      HOST: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said.text += text));
  return { child, said, ended: once(child, 'exit') as Promise<[number | null, string | null]> };
}

describe.each(['nginx', 'built-in'])('the process of the %s router', (kind) => {
  test('sends everybody to the production it was told while Postgres is away, and stops in order', async ({
    service,
  }) => {
    const production = await service('production');
    const [port, metricsPort] = await freePorts(2);
    const { child, said, ended } = start({
      ROUTER: kind,
      NGINX_PATH: nginxPath(),
      ROUTER_PORT: String(port),
      ROUTER_METRICS_PORT: String(metricsPort),
      ROUTER_RATE_LIMIT: '1000',
      PRODUCTION_UPSTREAMS: production.address,
      CANDIDATE_UPSTREAMS: '127.0.0.1:1',
    });
    const answered = () => call(port!).then(({ status }) => status, String);
    await expect.poll(answered, { timeout: 30_000 }).toBe(200);
    expect((await call(port!)).json<Echo>().headers['x-assigned-variant']).toBe('production');
    const scrape = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    await expect.poll(scrape, { timeout: 10_000 }).toMatch(/router_requests_total\{[^}]*served="production"\} 2/);
    await expect.poll(() => said.text, { timeout: 20_000 }).toContain('postgres is away');
    child.kill('SIGTERM');
    expect([await ended, said.text.includes('router stopped')]).toEqual([[0, null], true]);
    await expect(call(port!)).rejects.toThrow('ECONNREFUSED');
    expect(await readFile(join(home, 'router/home-prices/access.log'), 'utf8')).toContain('"served":"production"');
  });
});

test.for([
  ['an nginx that is not there', { ROUTER: 'nginx', NGINX_PATH: '/no/such/nginx' }, 'there is no nginx on PATH'],
  ['half a certificate', { ROUTER: 'built-in', ROUTER_TLS_KEY: '/key.pem' }, 'set both, or none to serve plain HTTP'],
  [
    'a certificate that cannot be read',
    { ROUTER: 'built-in', ROUTER_TLS_KEY: '/no/key.pem', ROUTER_TLS_CERTIFICATE: '/no/certificate.pem' },
    'the TLS certificate cannot be read',
  ],
] as const)('%s ends the process with the reason', async ([, env, reason]) => {
  const { said, ended } = start(env);
  expect(await ended).toEqual([1, null]);
  expect(said.text).toContain(reason);
});
