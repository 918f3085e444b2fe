import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '../core/errors.js';
import type { Part } from './part.js';
import { run } from './run-command.js';

/** Systems take the ports of outgoing connections from 32768 on: one below is not taken by chance between looking and listening. */
const LOWEST_FREE = 12_000;
const BELOW_OUTGOING = 32_768;
const LETTING_GO_MS = 500;

/**
 * Different ports of 127.0.0.1 that nothing listens on now.
 *
 * @param count how many, ≥ 0
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(LOWEST_FREE, BELOW_OUTGOING);
    if (!ports.has(port) && (await problemWith(port)) === null) ports.add(port);
  }
  return [...ports];
}

/**
 * Makes sure that every port of every part can be listened on.
 *
 * @throws {ConflictError} naming each taken port, the part that wants it, the variable that moves it and, where it can
 * be found, the process that has it
 */
export async function requireFreePorts(parts: readonly Part[]): Promise<void> {
  const problems: string[] = [];
  for (const part of parts) {
    for (const { port, variable } of part.ports) {
      let problem = await problemWith(port);
      const owner = problem === 'in use' ? await describeOwner(port) : '';
      if (problem !== null && owner === '') {
        // a process that has just been ended lets go of its port a moment later
        await sleep(LETTING_GO_MS);
        problem = await problemWith(port);
      }
      if (problem === null) continue;
      problems.push(`port ${port} (${part.name}) is ${problem}${owner}; set ${variable} to move it`);
    }
  }
  if (problems.length === 0) return;
  throw new ConflictError(
    `${problems.join('\n')}\nTo move all ports at once: npm start -- --port-offset 1000 (with --home for a second stack).`,
  );
}

/** Null when the port can be had. A listener on all addresses does not always stop a bind to one, hence the connect. */
async function problemWith(port: number): Promise<string | null> {
  if (await answers(port)) return 'in use';
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'in use' : `not to be had (${error.code})`),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => done(null)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 });
    const settle = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket
      .once('connect', () => settle(true))
      .once('error', () => settle(false))
      .once('timeout', () => settle(false));
  });
}

async function describeOwner(port: number): Promise<string> {
  const pid = process.platform === 'linux' ? listenerFromProc(port) : await listenerFromLsof(port);
  if (pid === null) return '';
  const command = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => '');
  return ` by process ${pid}${command && ` (${command.slice(0, 80)})`}`;
}

/** /proc/net/tcp gives the socket's inode, and the process is the one that holds it open (proc(5)). */
function listenerFromProc(port: number): number | null {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const LISTEN = '0A';
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readLines(table)) {
      const fields = line.trim().split(/\s+/);
      if (!fields[1]?.endsWith(suffix) || fields[3] !== LISTEN) continue;
      const owner = processWithSocket(`socket:[${fields[9]}]`);
      if (owner !== null) return owner;
    }
  }
  return null;
}

function processWithSocket(socket: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const folder = `/proc/${pid}/fd`;
      if (readdirSync(folder).some((fd) => linkOf(`${folder}/${fd}`) === socket)) return Number(pid);
    } catch {
      // the process has ended, or belongs to somebody else
    }
  }
  return null;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}

async function listenerFromLsof(port: number): Promise<number | null> {
  const output = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']).catch(() => '');
  return Number(output.split('\n')[0]) || null;
}
