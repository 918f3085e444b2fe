import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** One prediction as a service wants to be asked for it. */
export interface Ask {
  readonly path: string;
  /** JSON text. */
  readonly body: string;
}

const home: Ask = {
  path: '/api/predict_home_price',
  body: '{"total_sqft":1000,"location":"Whitefield","bhk":2,"bath":2}',
};

export interface BenchProcess {
  readonly port: number;
  /** How it is asked, where that is not as the prediction service is. */
  readonly ask?: Ask | undefined;
  /** Resident memory of the process itself, MiB. */
  rss(): number;
  stop(): Promise<void>;
}

/** Starts a server and waits until a prediction through it succeeds. */
export async function startProcess(
  port: number,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  ask?: Ask,
): Promise<BenchProcess> {
  const child: ChildProcess = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { path, body } = ask ?? home;
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
  const url = `http://127.0.0.1:${port}${path}`;
  for (let attempt = 0; ; attempt++) {
    if (
      await fetch(url, request)
        .then((answer) => answer.ok)
        .catch(() => false)
    )
      break;
    if (child.exitCode !== null || attempt > 300) throw new Error(`${command} ${args.join(' ')} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    port,
    ask,
    rss: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(patience);
    },
  };
}
