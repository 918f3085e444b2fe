import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonEnvironment } from './python-environment.js';

/** Where MLflow's programs are; installs MLflow from PyPI at the first call. */
export const mlflowPrograms = () => pythonEnvironment(new URL('./mlflow-requirements.txt', import.meta.url));

export interface MlflowServer {
  readonly url: string;
  get<T>(path: string, query: Record<string, string>): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Kills it without a word, as a crash would. */
  kill(): Promise<void>;
}

/** A real MLflow tracking server on `port` over a database file in `folder`. */
export async function startMlflow(programs: string, folder: string, port: number): Promise<MlflowServer> {
  const child = spawn(
    join(programs, 'mlflow'),
    ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', '--no-serve-artifacts']
      .concat('--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`)
      .concat('--default-artifact-root', join(folder, 'artifacts')),
    {
      stdio: 'ignore',
      detached: true, // its own workers go with it
      env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', MLFLOW_DISABLE_TELEMETRY: 'true' },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const exited = once(child, 'exit');
  const healthy = async () => (await fetch(`${url}/health`).catch(() => null))?.ok === true;
  for (let waited = 0; !(await healthy()); waited += 200) {
    if (child.exitCode !== null || waited > 90_000)
      throw new Error(`MLflow did not start (exit code ${child.exitCode})`);
    await sleep(200);
  }
  const answer = async <T>(response: Promise<Response>) => (await response).json() as Promise<T>;
  return {
    url,
    get: (path, query) => answer(fetch(`${url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`)),
    post: (path, body) =>
      answer(
        fetch(`${url}/api/2.0/mlflow/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      ),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-child.pid!, 'SIGKILL');
        await exited;
      }
    },
  };
}
