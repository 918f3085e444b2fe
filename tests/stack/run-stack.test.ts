import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { processStart } from '../../scripts/process-identity.mjs';
import type { Part } from '../../stack/part.js';
import { freePorts } from '../../stack/ports.js';
import { resetHome } from '../../stack/reset.js';
import { type RunningStack, runStack } from '../../stack/run-stack.js';
import { homeStatus } from '../../stack/status.js';
import { stopStack } from '../../stack/stop-stack.js';
import { fakePart, recorder, workspace } from './fixtures/fake-parts.js';

let space: ReturnType<typeof workspace>;
let running: RunningStack[];
let notices: string[];
beforeEach(() => {
  space = workspace();
  running = [];
  notices = [];
});
afterEach(async () => {
  await Promise.all(running.map((stack) => stack.stop()));
  space.remove();
});

async function run(parts: Part[], home = space.home): Promise<RunningStack> {
  const stack = await runStack({
    home,
    buildParts: async () => parts,
    connections: ({ postgresPassword }) => ({ DATABASE_URL: `postgres://incumbent:${postgresPassword}@127.0.0.1/x` }),
    onChange: recorder().onChange,
    onNotice: (message) => notices.push(message),
  });
  running.push(stack);
  return stack;
}

async function onePart(name = 'service'): Promise<Part> {
  const [port = 0] = await freePorts(1);
  return fakePart(name, port, space.journal);
}

test('the status of a running stack tells every part with pid, address and version, and how to connect', async () => {
  const part = await onePart();
  const stack = await run([part]);
  await stack.ready;
  const status = homeStatus(space.home);
  expect(status).toMatchObject({ running: true, healthy: true, pid: process.pid });
  expect(status.parts).toMatchObject([{ name: 'service', state: 'ready', address: part.address, version: '1.0.0' }]);
  expect(processStart(status.parts[0]?.pids[0] ?? 0)).not.toBeNull();
  expect(status.env.DATABASE_URL).toMatch(/^postgres:\/\/incumbent:.{20,}@/);
  expect(statSync(join(space.home, 'stack.json')).mode & 0o777).toBe(0o600);
});

test('a second start on the same home is refused with the pid and how to stop it', async () => {
  const stack = await run([await onePart()]);
  await stack.ready;
  await expect(run([await onePart('other')])).rejects.toThrow(
    new RegExp(`already running on .* \\(process ${process.pid}\\)[\\s\\S]*npm run stack -- stop`),
  );
  expect(homeStatus(space.home).healthy).toBe(true);
});

test('a stopped home can be started again', async () => {
  const part = await onePart();
  const first = await run([part]);
  await first.ready;
  await first.stop();
  expect(homeStatus(space.home)).toMatchObject({ running: false, parts: [] });
  const second = await run([part]);
  await second.ready;
  expect(second.statuses()[0]?.state).toBe('ready');
});

test('a taken port stops the start with the port, the part, the variable and the process that has it', async () => {
  const [port = 0] = await freePorts(1);
  const server: Server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    await expect(run([fakePart('router', port, space.journal)])).rejects.toThrow(
      new RegExp(`port ${port} \\(router\\) is in use by process ${process.pid} .*set ROUTER_PORT`),
    );
  } finally {
    server.close();
  }
  expect(homeStatus(space.home).running).toBe(false);
});

test('what a killed stack left behind is ended before the next start, also when only its group is left', async () => {
  const [a = 0, b = 0] = await freePorts(2);
  const script = fileURLToPath(new URL('fixtures/run-and-wait.ts', import.meta.url));
  const killed = spawn(process.execPath, ['--import', 'tsx', script, space.home, space.journal, String(a), String(b)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void killed.kill('SIGKILL'));
  const [line] = (await once(killed.stdout.setEncoding('utf8'), 'data')) as [string];
  const [service = 0, shell = 0, member = 0] = JSON.parse(line) as number[];
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  process.kill(shell, 'SIGKILL');
  expect([service, member].map((pid) => processStart(pid) !== null)).toEqual([true, true]);
  expect(homeStatus(space.home).running).toBe(false);

  const stack = await run([fakePart('service', a, space.journal)]);
  await stack.ready;
  expect(notices.join()).toContain('left behind');
  expect([service, member].map(processStart)).toEqual([null, null]);
}, 20_000);

test('a recorded pid that now belongs to another process is left alone', async () => {
  const stack = await run([await onePart()]);
  await stack.ready;
  await stack.stop();
  const file = join(space.home, 'stack.json');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { detached: true });
  try {
    state.supervisor = { pid: bystander.pid, startedAt: 'another time' };
    state.processes = [{ pid: bystander.pid, startedAt: 'another time' }];
    writeFileSync(file, JSON.stringify(state));
    expect(await stopStack(space.home, () => undefined)).toContain('no stack is running');
    const next = await run([await onePart()]);
    await next.ready;
    expect(processStart(bystander.pid ?? 0)).not.toBeNull();
  } finally {
    bystander.kill('SIGKILL');
  }
});

test('a home is never made of a folder with files of somebody else in it', async () => {
  writeFileSync(join(space.home, 'thesis.txt'), 'mine');
  await expect(run([await onePart()])).rejects.toThrow(/not empty and not a home .*thesis\.txt/);
  expect((await resetHome(space.home, async () => true)).message).toContain('nothing to delete');
  expect(readFileSync(join(space.home, 'thesis.txt'), 'utf8')).toBe('mine');
});

test('a home that cannot be written is said in one sentence with what to change', async () => {
  // a file in the way of the folder fails for every user; missing permission does not stop root
  const blocked = join(space.home, 'file');
  writeFileSync(blocked, '');
  await expect(run([], join(blocked, 'home'))).rejects.toThrow(
    /cannot be written \(ENOTDIR\).*INCUMBENT_HOME or --home/,
  );
  if (process.getuid?.() !== 0) {
    const closed = join(space.home, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await expect(run([], join(closed, 'home'))).rejects.toThrow(/cannot be written \(EACCES\)/);
  }
});

test('a reset is refused while the stack runs, asks first, and then empties the home', async () => {
  const stack = await run([await onePart()]);
  await stack.ready;
  await expect(resetHome(space.home, async () => true)).rejects.toThrow(/is running: stop it first/);
  await stack.stop();
  expect(await resetHome(space.home, async () => false)).toMatchObject({ done: false });
  expect(readFileSync(join(space.home, 'secrets.json'), 'utf8')).toContain('postgresPassword');
  expect(await resetHome(space.home, async () => true)).toMatchObject({ done: true });
  expect(() => readFileSync(join(space.home, 'secrets.json'))).toThrow();
  rmSync(space.home, { recursive: true });
});
