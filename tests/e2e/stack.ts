import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectClient } from '../../adapters/temporal/connect.js';
import { createLoopClient, type LoopClient } from '../../adapters/temporal/loop-client.js';
import { ORCHESTRATION_QUEUE } from '../../core/loop/task-queues.js';
import { readState } from '../../stack/state-file.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

const defaultPorts = [7000, 6001, 6002, 6500, 6600, 6700, 6701, 7233, 8080, 5432, 9000, 9090, 9093, 7100];

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** An offset at which none of the stack's ports is taken, below those that outgoing connections get. */
export async function freePortOffset(): Promise<number> {
  for (;;) {
    const offset = 10_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all(defaultPorts.map((port) => isFree(port + offset)));
    if (free.every(Boolean)) return offset;
  }
}

export interface StackUnderTest {
  readonly router: string;
  readonly control: string;
  readonly web: string;
  readonly home: string;
  readonly output: () => string;
  /** The loop's workflows, asked of Temporal itself. */
  readonly loop: LoopClient;
  /** One of the product's commands; resolves with what it prints. */
  run(script: string, ...args: string[]): Promise<string>;
  /** Part name → its status, as the stack's state file tells it. */
  parts(): Record<string, { state: string; pids: number[]; address: string }>;
  /** Ctrl-C. @returns the exit code */
  stop(): Promise<number | null>;
}

/**
 * Starts the whole product as a user does, on ports of its own, and waits for its table of addresses.
 * @throws {Error} with everything it printed, when it ends or takes too long
 */
export async function startStack(
  home: string,
  portOffset: number,
  variables: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<StackUnderTest> {
  const env = { ...process.env, ...variables, INCUMBENT_HOME: home };
  const child = spawn('node', ['--import', 'tsx', 'stack/main.ts', '--port-offset', String(portOffset), ...flags], {
    cwd: root,
    env,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  // a hook that ran out of time knows nothing of this stack any more
  const endWithTest = () => void child.kill('SIGINT');
  process.once('exit', endWithTest);
  child.once('exit', () => process.off('exit', endWithTest));
  await ready(child, () => output);

  const run = async (script: string, ...args: string[]) => {
    const { stdout } = await execute('node', ['--import', 'tsx', script, ...args], {
      cwd: root,
      env,
      timeout: 240_000,
    });
    return stdout;
  };
  const client = await connectClient({ ...env, ...readState(home)?.env }).catch(async (error) => {
    await end(child);
    throw error;
  });
  return {
    loop: createLoopClient(client, ORCHESTRATION_QUEUE),
    router: `http://127.0.0.1:${7000 + portOffset}`,
    control: `http://127.0.0.1:${6600 + portOffset}`,
    web: `http://127.0.0.1:${6500 + portOffset}`,
    home,
    output: () => output,
    run,
    parts() {
      return Object.fromEntries((readState(home)?.parts ?? []).map((part) => [part.name, part]));
    },
    async stop() {
      await client.connection.close();
      await end(child);
      return child.exitCode;
    },
  };
}

const STOP_MS = 40_000;

/** Ctrl-C, and once more for a stack that takes too long: the second one ends its parts at once. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const impatient = setTimeout(() => child.kill('SIGINT'), STOP_MS);
  await exit;
  clearTimeout(impatient);
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (!/curl /.test(output())) {
    if (child.exitCode !== null) throw new Error(`the stack ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) {
      await end(child);
      throw new Error(`the stack was not ready in time:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
