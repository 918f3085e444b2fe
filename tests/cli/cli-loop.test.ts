import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../adapters/auth/password.js';
import { createWebhook } from '../../adapters/notify/webhook.js';
import { createAccountStore } from '../../adapters/postgres/account-store.js';
import { createApiKeyStore } from '../../adapters/postgres/api-key-store.js';
import { createJobReader } from '../../adapters/temporal/job-reader.js';
import { reconcileSchedules } from '../../adapters/temporal/reconcile-schedules.js';
import { openAccess } from '../../control/access/access-settings.js';
import { createControlApp } from '../../control/app.js';
import { ORCHESTRATION_QUEUE } from '../../core/loop/task-queues.js';
import { createLoop, smallHomePrices } from '../support/loop.js';
import { type CliResult, runCli } from './run-cli.js';

// One story in order: a person signs in and works a whole loop from the command line, with a worker and every store for real.

/** A second person has to agree to every promotion. */
const project = { ...smallHomePrices, experiment: { approval: { required: true } } };
const PASSWORD = 'correct horse battery staple';
let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
let server: Server;
let url: string;
let config: string;

beforeAll(async () => {
  loop = await createLoop({ namespace: `cli-${Date.now()}`, project });
  const logger = pino({ level: 'silent' });
  await reconcileSchedules(loop.client, { projects: [project], taskQueue: ORCHESTRATION_QUEUE, logger });
  worker = await loop.startWorker();
  await loop.startInference('production');
  await loop.startInference('candidate');
  const app = createControlApp({
    ...loop,
    logger,
    projects: [project],
    jobs: createJobReader(loop.client),
    cleanUpload: async (_project, text) => smallHomePrices.dataset.clean(text).profile,
    webhook: createWebhook(),
    access: { ...openAccess, on: true },
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await createAccountStore(loop.pool).create('asha', await hashPassword(PASSWORD), 'admin');
  config = mkdtempSync(join(tmpdir(), 'incumbent-cli-'));
}, 120_000);
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await worker?.stop();
  await loop?.stop();
  if (config) rmSync(config, { recursive: true, force: true });
}, 60_000);

const cli = (
  line: string,
  { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CliResult> =>
  runCli(line.split(' '), { input, env: { INCUMBENT_URL: url, XDG_CONFIG_HOME: config, ...env } });

/** A service's key. */
async function key(name: string, role: 'viewer' | 'approver'): Promise<string> {
  const given = { name, role, scopes: null, requestsPerMinute: null, createdBy: 'test', expiresAt: null };
  return (await createApiKeyStore(loop.pool).create(given)).key;
}

/** The answer of a command that must succeed. */
async function json<T = Record<string, unknown>>(line: string): Promise<T> {
  const { code, stdout, stderr } = await cli(`--json ${line}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

test('who is not signed in is told how to, with an exit code of its own', async () => {
  const { code, stdout, stderr } = await cli('status --project home-prices');
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr).toContain('incumbent login');
});

test('a wrong password is refused; the right one is exchanged for a session in a file that only its owner can read', async () => {
  expect((await cli('login --user asha --password-stdin', { input: 'guessed it' })).code).toBe(4);
  const { code, stdout } = await cli('login --user asha --password-stdin', { input: `${PASSWORD}\n` });
  expect(code).toBe(0);
  expect(stdout).toMatch(/signed in as\s+user:asha/);
  const file = join(config, 'incumbent', 'credentials.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
});

test('a training is followed to its end, event by event', async () => {
  const { code, stdout, stderr } = await cli('train --seed 3 --reason first');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(stderr).toContain('trainModel done');
  expect(stdout).toMatch(/status\s+completed/);
  expect(stdout).toMatch(/version\s+BO1/);
  const again = await json<{ outcome: string; version: string }>('train --job home-prices-training');
  expect(again).toMatchObject({ outcome: 'deployed', version: 'BO1' });
}, 90_000);

test('the second model becomes the candidate: status, models, compare and experiments show it', async () => {
  await json('train');
  const status = await json<{ production: { version: string }; candidate: { version: string } }>('status');
  expect([status.production.version, status.candidate.version]).toEqual(['BO1', 'CO1']);
  const text = (await cli('status')).stdout;
  expect(text).toMatch(/production\s+BO1 since/);
  expect(text).toMatch(/home-prices-evaluate-hourly/);

  const { items } = await json<{ items: { version: string; state: string }[] }>('models');
  expect(items.map(({ version, state }) => [version, state])).toEqual([
    ['CO1', 'candidate'],
    ['BO1', 'production'],
  ]);
  const listed = (await cli('models list --state production')).stdout.split('\n');
  expect(listed[0]).toMatch(/^VERSION\s+SEMANTIC\s+STATE/);
  expect(listed.slice(2).filter(Boolean)).toHaveLength(1);
  expect((await cli('models show CO1')).stdout).toMatch(/total_sqft\s+0\.\d+/);
  const comparison = (await cli('models compare BO1 CO1')).stdout;
  expect(comparison).toMatch(/METRIC\s+BO1\s+CO1/);
  expect(comparison).toMatch(/same rows predicted\s+\d+/);
  expect((await cli('experiments')).stdout).toMatch(/1\s+BO1\s+CO1\s+running/);
}, 90_000);

test('an evaluation that is asked for shows the decision', async () => {
  const decision = await json<{ verdict: string; experiment_id: number }>('evaluate');
  expect(decision).toMatchObject({ experiment_id: 1, verdict: 'insufficient_data' });
  expect((await cli('experiments decisions 1')).stdout).toContain('insufficient_data');
  expect((await cli('experiments show 1')).stdout).toMatch(/VARIANT\s+USERS/);
}, 60_000);

test('promote waits for a second person where the project asks for one; rollback until the old model is served', async () => {
  const refused = await cli('promote CO9 --reason because');
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('CO9')]);
  expect((await cli('promote CO1')).code).toBe(2); // a reason is required

  expect((await cli('promote CO1 --reason better')).stdout).toContain('waits for a second person');
  expect((await cli('approvals')).stdout).toMatch(/1\s+CO1\s+pending\s+user:asha/);
  const own = await cli('approvals approve 1 --reason mine');
  expect([own.code, own.stderr]).toEqual([3, expect.stringContaining('asha')]);
  const env = { INCUMBENT_TOKEN: await key('second', 'approver') };
  expect((await cli('approvals approve 1 --reason agreed', { env })).stdout.trim()).toBe('CO1 is approved');
  await expect
    .poll(async () => (await json<{ production: { version: string } }>('status')).production.version, {
      timeout: 40_000,
    })
    .toBe('BO2');
  const { code, stdout } = await cli('rollback --reason regret');
  expect([code, stdout.trim()]).toEqual([0, 'production serves BO1 (before: BO2)']);
  expect((await json<{ production: { version: string } }>('status')).production.version).toBe('BO1');
}, 90_000);

test('evaluate without an experiment is refused with the reason', async () => {
  const { code, stderr } = await cli('evaluate');
  expect([code, stderr]).toEqual([3, expect.stringContaining('no open experiment')]);
});

test('the audit log shows what was done and is verified; a changed entry makes the command fail', async () => {
  const { stdout } = await cli('audit --action rollback.request');
  expect(stdout).toMatch(/rollback\.request\s+user:asha\s+BO1\s+regret/);
  const { head } = await json<{ head: string; findings: unknown[] }>('audit verify');
  expect(head).toMatch(/^\d+:[0-9a-f]{64}$/);
  expect((await cli(`audit verify --head ${head}`)).code).toBe(0);

  await loop.pool.query("update audit set reason = 'never mind' where action = 'rollback.request'");
  const changed = await cli('audit verify');
  expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('rollback.request')]);
});

test('drift says that there is no report yet', async () => {
  expect((await cli('drift')).stdout.trim()).toBe('no drift report yet');
  expect(await json('drift list')).toMatchObject({ items: [] });
});

test('a key in INCUMBENT_TOKEN comes before the file, and its role holds', async () => {
  const env = { INCUMBENT_TOKEN: await key('ci', 'viewer') };
  expect((await cli('whoami', { env })).stdout).toMatch(/role\s+viewer/);
  const refused = await cli('train --no-wait', { env });
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('operator')]);
});

test('signing out ends the session and empties the file', async () => {
  expect((await cli('logout')).code).toBe(0);
  expect((await cli('whoami')).code).toBe(4);
  expect(JSON.parse(readFileSync(join(config, 'incumbent', 'credentials.json'), 'utf8'))).toEqual({});
});
