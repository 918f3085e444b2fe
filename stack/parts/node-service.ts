import { fileURLToPath } from 'node:url';
import type { Part } from '../part.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface NodePartOptions {
  readonly name: string;
  /** The file to run, relative to the root of the project. */
  readonly entry: string;
  readonly needs: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
}

export interface NodeServiceOptions extends NodePartOptions {
  readonly port: number;
  readonly variable: string;
  readonly host: string;
  /** The path that answers 200 when the service listens. */
  readonly healthPath: string;
  /** Restart on a change of code. */
  readonly watch: boolean;
  /** How long it may take to finish what it is doing when it is stopped. */
  readonly drainMs: number;
}

/** A service of the product, run from its TypeScript source. */
export function nodeServicePart(options: NodeServiceOptions): Part {
  const { name, entry, needs, env, port, healthPath, drainMs } = options;
  const reachable = ['0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host;
  const address = `http://${reachable === '127.0.0.1' ? 'localhost' : reachable}:${port}`;
  const health = `http://${reachable}:${port}${healthPath}`;
  return {
    name,
    kind: 'service',
    needs,
    address,
    ports: [{ port, variable: options.variable }],
    command: () => nodeCommand(options.watch ? ['--watch', '--watch-preserve-output'] : [], entry, env),
    async probe() {
      const { status } = await fetch(health, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
      if (status !== 200) throw new Error(`${health} answered ${status}`);
    },
    version: async () => options.version,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: drainMs,
    startTimeoutMs: 120_000,
  };
}

export interface NodeTaskOptions extends NodePartOptions {
  readonly timeoutMs: number;
  readonly optional: boolean;
}

/** Something that runs once; lines of JSON with a `message` on its stdout are its progress. */
export function nodeTaskPart({ name, entry, needs, env, version, timeoutMs, optional }: NodeTaskOptions): Part {
  return {
    name,
    kind: 'task',
    optional,
    needs,
    address: '',
    ports: [],
    command: () => nodeCommand([], entry, env),
    version: async () => version,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    startTimeoutMs: timeoutMs,
  };
}

function nodeCommand(flags: readonly string[], entry: string, env: NodeJS.ProcessEnv) {
  return { path: process.execPath, args: [...flags, '--import', 'tsx', entry], cwd: root, env };
}
