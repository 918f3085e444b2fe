import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePorts } from '../../stack/ports.js';
import { readSettings } from '../../stack/settings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const variables = Object.keys(readSettings({}, { portOffset: 0, watch: false, bootstrap: false }).ports);

let folder: string;
let home: string;
let env: NodeJS.ProcessEnv;
let runs: Run[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-cli-'));
  home = join(folder, 'home');
  const ports = await freePorts(variables.length);
  env = { ...process.env, INCUMBENT_HOME: home };
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'S3_ENDPOINT']) delete env[name];
  for (const [i, name] of variables.entries()) env[name] = String(ports[i]);
});
afterEach(async () => {
  // a test that failed half-way leaves no stack behind
  for (const { child } of runs) child.kill('SIGTERM');
  await Promise.all(runs.map(({ exit }) => exit));
  runs = [];
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

function start(file: string, ...args: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const run = { child, output: () => output, exit: once(child, 'close').then(([code]) => code as number | null) };
  runs.push(run);
  return run;
}

const processes = () => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });

test('SIGTERM while the parts come up stops them in order with exit code 0 and leaves no process', async () => {
  const stack = start('stack/main.ts', '--no-bootstrap');
  await expect.poll(stack.output, { timeout: 30_000 }).toMatch(/postgres +ready/);
  expect(processes()).toContain(home);
  // npm and the terminal both pass a Ctrl-C on: the one that follows at once is the same one
  stack.child.kill('SIGTERM');
  stack.child.kill('SIGTERM');
  expect(await stack.exit).toBe(0);
  expect(stack.output()).toMatch(/s3 +stopped[\s\S]*postgres +stopped/);
  expect(stack.output()).not.toContain('Ending everything at once');
  expect(processes()).not.toContain(home);
}, 60_000);

test('a port in use ends the start with exit code 1 and one message that names it', async () => {
  const server = createServer().listen(Number(env.S3_PORT), '127.0.0.1');
  await once(server, 'listening');
  const stack = start('stack/main.ts', '--no-bootstrap');
  expect(await stack.exit).toBe(1);
  expect(stack.output().trim().split('\n')[0]).toMatch(
    new RegExp(`^port ${env.S3_PORT} \\(s3\\) is in use by process ${process.pid} .*; set S3_PORT to move it$`),
  );
  expect(processes()).not.toContain(home);
  server.close();
}, 30_000);

test('a malformed variable ends the start with its name, its value and what is allowed', async () => {
  env.LOG_LEVEL = 'loud';
  const stack = start('stack/main.ts');
  expect(await stack.exit).toBe(1);
  expect(stack.output()).toContain('LOG_LEVEL is "loud"');
  expect(stack.output()).not.toContain('    at ');
}, 30_000);

test('a tool that is missing and cannot be fetched ends the start with what was tried, and nothing is left running', async () => {
  env.PATH = '/nonexistent';
  env.XDG_CACHE_HOME = join(folder, 'cache');
  env.VERSITYGW_PATH = '/nonexistent/versitygw';
  const stack = start('stack/main.ts', '--no-bootstrap');
  expect(await stack.exit).toBe(1);
  expect(stack.output()).toContain('VERSITYGW_PATH=/nonexistent/versitygw is not an executable file');
  expect(processes()).not.toContain(home);
}, 30_000);

test('help is told, and without a stack status and stop say that none is running', async () => {
  const help = start('stack/main.ts', '--help');
  const status = start('stack/manage.ts', 'status', '--json');
  const stop = start('stack/manage.ts', 'stop');
  const reset = start('stack/manage.ts', 'reset', '--yes');
  expect(await Promise.all([help.exit, status.exit, stop.exit, reset.exit])).toEqual([0, 3, 0, 0]);
  expect(help.output()).toContain('--port-offset <n>');
  expect(JSON.parse(status.output())).toMatchObject({ running: false, home, parts: [] });
  expect(stop.output()).toContain('no stack is running');
  expect(reset.output()).toContain('nothing to delete');
}, 30_000);
