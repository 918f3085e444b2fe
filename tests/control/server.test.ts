import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, inject, test } from 'vitest';
import { createTestDatabase } from '../support/database.js';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function start(env: Record<string, string>) {
  const { s3, temporalAddress } = inject('services');
  const child = spawn(process.execPath, ['--import', 'tsx', 'control/server.ts'], {
    env: {
      PATH: process.env.PATH,
      // where a measured run wants its coverage written
      NODE_V8_COVERAGE: process.env.NODE_V8_COVERAGE,
      TEMPORAL_ADDRESS: temporalAddress,
      S3_ENDPOINT: s3.endpoint,
      AWS_ACCESS_KEY_ID: s3.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
      LOG_LEVEL: 'debug',
      ...env,
    },
  });
  children.push(child);
  const told = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      told[stream] += chunk;
    });
  }
  return { child, told };
}

test('the service answers, guards itself, tells the first key once and to a person, and stops in order', async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const env = { DATABASE_URL: database.url, CONTROL_PORT: String(port), AUTH: 'on' };
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/api/health`).then(
      ({ status }) => status,
      () => 0,
    );
  const { child, told } = start(env);
  await expect.poll(answers, { timeout: 25_000 }).toBe(200);
  expect((await fetch(`${url}/api/audit`)).status).toBe(401);
  const key = /inc_\S+/.exec(told.stderr)![0];
  expect((await fetch(`${url}/api/audit`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
    /control_requests_total\{method="GET",route="\/api\/audit",status="200"\} 1/,
  );
  expect(told.stdout).not.toContain(key);
  expect(told.stdout).toContain('"url":"/api/audit"');
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(told.stdout).toContain('control API stopped');

  const second = start(env);
  await expect.poll(answers, { timeout: 25_000 }).toBe(200);
  expect(second.told.stderr).not.toContain('inc_');
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
  await database.drop();
}, 60_000);

test('without access control it does not start on an address that others reach', async () => {
  const { child, told } = start({ DATABASE_URL: inject('services').databaseUrl, HOST: '0.0.0.0', AUTH: 'off' });
  expect((await once(child, 'exit'))[0]).not.toBe(0);
  expect(told.stderr).toContain('AUTH=off is only allowed on a loopback address');
}, 30_000);
