import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UnavailableError } from '../../core/errors.js';
import type { RouterExit } from '../router.js';

export interface NginxProcess {
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<RouterExit>;
  isRunning(): boolean;
  signal(signal: 'SIGHUP' | 'SIGUSR1'): void;
  /** Graceful for `graceMs`, then at once, then by force. */
  stop(graceMs: number): Promise<void>;
}

const HARD_STOP_MS = 2_000;

function endsWithin(ended: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    void ended.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** Tells every process of nginx, the orphans of a killed master too. */
function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * nginx in the foreground as a child. It leads its own process group, so a Ctrl-C in the terminal reaches only this
 * process, which then stops nginx gracefully.
 *
 * @throws {UnavailableError} when the program cannot be started
 */
export async function startNginx(nginxPath: string, directory: string, file: string): Promise<NginxProcess> {
  const child = spawn(nginxPath, ['-p', directory, '-e', 'stderr', '-c', file, '-g', 'daemon off;'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  const ended = new Promise<RouterExit>((resolve) => {
    child.once('close', (code, signal) => {
      // workers outlive a master that was killed and would keep the port
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGQUIT');
      resolve({ code, signal, message: lastWords.trim().replaceAll('\n', '; ') || 'nginx ended without a word' });
    });
  });
  await once(child, 'spawn').catch((cause: Error) => {
    throw new UnavailableError(`${nginxPath} does not start: ${cause.message}`, { cause });
  });
  return {
    pid: child.pid!,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => {
      child.kill(signal);
    },
    async stop(graceMs) {
      child.kill('SIGQUIT');
      if (await endsWithin(ended, graceMs)) return;
      child.kill('SIGTERM');
      if (await endsWithin(ended, HARD_STOP_MS)) return;
      signalGroup(child.pid!, 'SIGKILL');
      await ended;
    },
  };
}
