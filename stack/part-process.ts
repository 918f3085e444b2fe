import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, createWriteStream, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import type { Command } from './part.js';
import { lineSplitter } from './run-command.js';

const MAX_LOG_BYTES = 5_000_000;

/** How a process ended, in words. */
export type ExitReason = string;

/** One running child process of a part, in a process group of its own so that Ctrl-C reaches only the supervisor. */
export class PartProcess {
  readonly pid: number;
  /** Settles when the process has ended; never rejects. */
  readonly exited: Promise<ExitReason>;
  #running = true;
  readonly #child: ChildProcess;

  /**
   * @param onLine when given, told every line of stdout, which still goes to the log
   * @throws {Error} if the executable cannot be started
   */
  constructor(command: Command, logFile: string, onLine?: (line: string) => void) {
    const log = openSync(logFile, 'a', 0o600);
    try {
      this.#child = spawn(command.path, [...command.args], {
        cwd: command.cwd,
        env: command.env,
        uid: command.uid,
        gid: command.gid,
        detached: true,
        stdio: ['ignore', onLine ? 'pipe' : log, log],
      });
    } finally {
      closeSync(log);
    }
    if (onLine) this.#follow(logFile, onLine);
    this.exited = new Promise((done) => {
      this.#child.once('error', (error) => done(error.message));
      this.#child.once('exit', (code, signal) => done(signal ? `killed by ${signal}` : `exit code ${code}`));
    }).then((reason) => {
      this.#running = false;
      this.#signalGroup('SIGKILL');
      return reason as ExitReason;
    });
    this.pid = this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Exit code 0, known after `exited`. */
  get succeeded(): boolean {
    return this.#child.exitCode === 0;
  }

  /** Asks the process to end; kills it with all its descendants in the group when it does not in time. */
  async stop(signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
    if (!this.#running) return;
    this.#child.kill(signal);
    const timer = setTimeout(() => this.kill(), timeoutMs);
    await this.exited;
    clearTimeout(timer);
  }

  kill(): void {
    if (this.#running) this.#signalGroup('SIGKILL');
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (!this.pid) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // the group is gone, which is what was wanted
    }
  }

  #follow(logFile: string, onLine: (line: string) => void): void {
    const lines = lineSplitter(onLine);
    const log = createWriteStream(logFile, { flags: 'a' });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      lines(text);
    });
    this.#child.once('close', () => log.end());
  }
}

/** Moves a log that has grown large aside (one generation is kept), so that a new run starts a new file. */
export function rotateLog(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}

/** The last lines of a log, for an error message. */
export function logTail(logFile: string, lines = 15): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
