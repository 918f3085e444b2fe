import { afterEach, beforeEach, expect, test } from 'vitest';
import { processStart } from '../../scripts/process-identity.mjs';
import type { Part } from '../../stack/part.js';
import { freePorts } from '../../stack/ports.js';
import { Supervisor } from '../../stack/supervisor.js';
import { fakePart, recorder, workspace } from './fixtures/fake-parts.js';

let space: ReturnType<typeof workspace>;
let supervisor: Supervisor;
beforeEach(() => {
  space = workspace();
});
afterEach(async () => {
  await supervisor.stop();
  space.remove();
});

const restart = { firstDelayMs: 60, maxDelayMs: 1_000, healthyAfterMs: 60_000 };

function supervise(parts: Part[]) {
  const told = recorder();
  supervisor = new Supervisor(parts, { logFolder: `${space.home}/logs`, onChange: told.onChange, restart });
  return told;
}

const pidOf = (name: string) => supervisor.statuses.find((status) => status.name === name)?.pids[0] ?? 0;
const stateOf = (name: string) => supervisor.statuses.find((status) => status.name === name)?.state;

test('a part starts after those it needs and stops before them, even when it is slow to stop', async () => {
  const [a = 0, b = 0, c = 0] = await freePorts(3);
  supervise([
    fakePart('database', a, space.journal),
    fakePart('service', b, space.journal, { needs: ['database'] }),
    fakePart('router', c, space.journal, { needs: ['service'], manner: 'slow-stop' }),
  ]);
  await supervisor.start();
  const pids = supervisor.statuses.flatMap((status) => status.pids);
  await supervisor.stop();
  expect(space.read()).toEqual([
    'database started',
    'database listens',
    'service started',
    'service listens',
    'router started',
    'router listens',
    'router stopped',
    'service stopped',
    'database stopped',
  ]);
  expect(pids.map(processStart)).toEqual([null, null, null]);
});

test('a part that dies is started again with a growing delay, and it is said', async () => {
  const [port = 0] = await freePorts(1);
  const told = supervise([fakePart('service', port, space.journal)]);
  await supervisor.start();
  const first = pidOf('service');
  const delays: number[] = [];
  for (const killed of [1, 2, 3]) {
    process.kill(pidOf('service'), 'SIGKILL');
    await expect.poll(() => supervisor.statuses[0]?.restarts).toBe(killed);
    await expect.poll(() => stateOf('service'), { timeout: 5_000 }).toBe('ready');
  }
  for (const message of told.messages) {
    const delay = /killed by SIGKILL\); starting again in ([\d.]+) s/.exec(message)?.[1];
    if (delay) delays.push(Number(delay));
  }
  // 60, 120, 240 ms, told with one decimal
  expect(delays).toEqual([0.1, 0.1, 0.2]);
  expect(pidOf('service')).not.toBe(first);
});

test('a part that ends with an exit code of its own is started again as well', async () => {
  const [port = 0] = await freePorts(1);
  const told = supervise([fakePart('service', port, space.journal)]);
  await supervisor.start();
  await fetch(`http://127.0.0.1:${port}/die`).catch(() => undefined);
  await expect.poll(() => told.messages.join()).toContain('exit code 3');
  await expect.poll(() => stateOf('service'), { timeout: 5_000 }).toBe('ready');
});

test('a part that is being started again when the stack stops does not come back', async () => {
  const [port = 0] = await freePorts(1);
  supervise([fakePart('service', port, space.journal)]);
  await supervisor.start();
  process.kill(pidOf('service'), 'SIGKILL');
  await expect.poll(() => stateOf('service')).toBe('restarting');
  await supervisor.stop();
  expect(stateOf('service')).toBe('stopped');
  expect(space.read().filter((line) => line === 'service started')).toHaveLength(1);
});

test('a part that does not stop in time is killed', async () => {
  const [port = 0] = await freePorts(1);
  supervise([fakePart('stubborn', port, space.journal, { manner: 'ignores-stop', stopTimeoutMs: 300 })]);
  await supervisor.start();
  const pid = pidOf('stubborn');
  await supervisor.stop();
  expect(space.read()).toContain('stubborn ignores');
  expect(processStart(pid)).toBeNull();
});

test('when a part fails to start, the others are stopped and the error shows the end of its log', async () => {
  const [a = 0, b = 0, c = 0] = await freePorts(3);
  supervise([
    fakePart('database', a, space.journal),
    fakePart('broken', b, space.journal, { needs: ['database'], manner: 'dies-at-start' }),
    fakePart('router', c, space.journal, { needs: ['broken'] }),
  ]);
  await expect(supervisor.start()).rejects.toThrow(/broken ended while starting \(exit code 7\)[\s\S]*cannot go on/);
  expect(supervisor.statuses.map(({ name, state, pids }) => [name, state, pids])).toEqual([
    ['database', 'stopped', []],
    ['broken', 'failed', []],
    ['router', 'stopped', []],
  ]);
  expect(space.read()).not.toContain('router started');
});

test('a failed optional task leaves the stack up', async () => {
  const [port = 0] = await freePorts(1);
  const task = fakePart('bootstrap', 0, space.journal, { needs: ['service'], manner: 'dies-at-start' });
  supervise([fakePart('service', port, space.journal), { ...task, kind: 'task', optional: true }]);
  await supervisor.start();
  expect([stateOf('service'), stateOf('bootstrap')]).toEqual(['ready', 'failed']);
});

test('a task tells its progress and is done when it has ended', async () => {
  const lines = ['{"event":"progress","message":"training BO1"}', 'plain words'];
  const script = lines.map((line) => `console.log(${JSON.stringify(line)})`).join(';');
  const told = supervise([
    {
      ...fakePart('bootstrap', 0, space.journal),
      kind: 'task',
      command: () => ({ path: process.execPath, args: ['-e', script] }),
    },
  ]);
  await supervisor.start();
  expect(stateOf('bootstrap')).toBe('done');
  expect(told.messages).toEqual(expect.arrayContaining(['bootstrap: training BO1', 'bootstrap: plain words']));
});

test('an external part is only checked, and its password is not in the error', async () => {
  const { command: _, ...external } = fakePart('postgres', 1, space.journal);
  supervise([{ ...external, address: 'postgres://me:hidden@127.0.0.1:1/db', startTimeoutMs: 200 }]);
  const failure = await supervisor.start().catch((error: Error) => error);
  expect(String(failure)).toContain('postgres at postgres://me:***@127.0.0.1:1/db does not answer');
});
