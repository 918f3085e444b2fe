import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Part } from '../part.js';
import { findTool } from '../tools/find-tool.js';
import type { Tool } from '../tools/local-tool.js';

/** What the workflows are found by in the Web UI; every one is a keyword. */
const searchAttributes = ['IncumbentProject', 'IncumbentModelVersion', 'IncumbentVerdict'];
/** The history is the audit record of a decision; the dev server would delete it after a day. */
const RETENTION_SECONDS = 90 * 24 * 3600;

export interface TemporalOptions {
  /** Null keeps everything in memory, which suits tests. */
  readonly databaseFile: string | null;
  readonly port: number;
  /** Null starts no Web UI. */
  readonly uiPort: number | null;
  /** The HTTP API, used for the readiness probe. */
  readonly httpPort: number;
  /** Created when it is not `default`. */
  readonly namespace: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The Temporal dev server with its Web UI, its state in a file. */
export function temporalPart(options: TemporalOptions): Part {
  const api = `http://127.0.0.1:${options.httpPort}/api/v1/namespaces/${options.namespace}`;
  let tool: Tool;
  return {
    name: 'temporal',
    kind: 'service',
    needs: [],
    address: `127.0.0.1:${options.port}`,
    ports: [
      { port: options.port, variable: 'TEMPORAL_PORT' },
      ...(options.uiPort === null ? [] : [{ port: options.uiPort, variable: 'TEMPORAL_UI_PORT' }]),
    ],
    async prepare({ report, signal }) {
      if (options.databaseFile !== null) mkdirSync(dirname(options.databaseFile), { recursive: true, mode: 0o700 });
      tool = await findTool('temporal', { env: options.env, onProgress: report, signal });
    },
    command: () => ({ path: tool.path, args: serverArguments(options), env: options.env }),
    probe: async () => void (await answer(api)),
    settle: async () => {
      const body = JSON.stringify({ config: { workflowExecutionRetentionTtl: `${RETENTION_SECONDS}s` } });
      await answer(`${api}/update`, { method: 'POST', body });
    },
    version: async () => tool.version,
    stopSignal: 'SIGINT',
    stopTimeoutMs: 20_000,
    startTimeoutMs: 60_000,
  };
}

function serverArguments({ databaseFile, port, uiPort, httpPort, namespace }: TemporalOptions): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn'],
    ...['--port', String(port), '--http-port', String(httpPort)],
    ...(uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    // tasks of one queue in four places would wait in one of them for a poller that looks into another
    ...['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
    ...(databaseFile === null ? [] : ['--db-filename', databaseFile]),
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ];
}

async function answer(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return response;
}
