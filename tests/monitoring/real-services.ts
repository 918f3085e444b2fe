import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireTool } from './tools.js';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws {Error} when it does not come true in time */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
}

async function start(command: string, args: readonly string[], cwd: string, url: string) {
  let said = '';
  const child: ChildProcess = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.on('data', (text) => (said += text));
  child.stderr?.on('data', (text) => (said += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await eventually(`${command} is ready`, async () => ((await fetch(`${url}/-/ready`)).ok ? true : undefined));
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${command} did not start\n${said}`, { cause: error });
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A real Alertmanager over a configuration file; its data go to `folder`. */
export async function startAlertmanager(config: string, folder: string) {
  const port = await freePort();
  const tool = requireTool('alertmanager', 'prometheus-alertmanager');
  const args = [`--config.file=${config}`, `--storage.path=${folder}/alertmanager`, '--cluster.listen-address='];
  return start(tool, [...args, `--web.listen-address=127.0.0.1:${port}`], folder, `http://127.0.0.1:${port}`);
}

/** A real Prometheus over a configuration file; its data go to `folder`. */
export async function startPrometheus(config: string, folder: string) {
  const port = await freePort();
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/prometheus`];
  const listen = `--web.listen-address=127.0.0.1:${port}`;
  return start(requireTool('prometheus'), [...args, listen], folder, `http://127.0.0.1:${port}`);
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** An HTTP server that keeps what it is sent; `answer` chooses the status (default 200). */
export async function startReceiver(answer: (received: Received) => number = () => 200) {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url ?? '', headers: request.headers, body, at: Date.now() };
    received.push(one);
    response.writeHead(answer(one)).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
