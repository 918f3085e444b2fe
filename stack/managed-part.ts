import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../core/errors.js';
import type { Part, PartState, PartStatus, StepContext } from './part.js';
import { logTail, PartProcess, rotateLog } from './part-process.js';
import { defaultRestartPolicy, type RestartPolicy, restartDelay } from './restart-policy.js';
import { shownAddress } from './shown-address.js';

const PROBE_EVERY_MS = 50;

export interface ManagedPartOptions {
  readonly logFolder: string;
  readonly onChange: (status: PartStatus) => void;
  readonly restart?: RestartPolicy;
}

/** Brings one part up, keeps it up and takes it down. */
export class ManagedPart {
  readonly part: Part;
  readonly logFile: string;
  readonly #options: ManagedPartOptions;
  readonly #ending = new AbortController();
  #process: PartProcess | null = null;
  #revival: Promise<void> | null = null;
  #state: PartState = 'waiting';
  #message = '';
  #version = '';
  #restarts = 0;
  /** Ends in a row, each soon after the part had become ready: they make the next delay longer. */
  #failures = 0;
  #readySince = 0;
  #readyAfterMs: number | null = null;

  constructor(part: Part, options: ManagedPartOptions) {
    this.part = part;
    this.#options = options;
    this.logFile = join(options.logFolder, `${part.name}.log`);
  }

  get status(): PartStatus {
    return {
      name: this.part.name,
      state: this.#state,
      pids: this.#process?.running ? [this.#process.pid] : [],
      address: this.part.address,
      version: this.#version,
      restarts: this.#restarts,
      message: this.#message,
      readyAfterMs: this.#readyAfterMs,
    };
  }

  /** @throws if the part does not become ready (a task: does not end well); the message holds the end of its log */
  async start(): Promise<void> {
    const begun = performance.now();
    try {
      rotateLog(this.logFile);
      if (this.part.prepare) this.#change('preparing');
      await this.part.prepare?.(this.#context);
      await this.#launch();
      this.#version = await this.part.version();
      this.#readyAfterMs = Math.round(performance.now() - begun);
      this.#change(this.#goal, '');
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#change('failed', messageOf(error));
      throw error;
    }
  }

  /** Stops the part and whatever it is in the middle of; a part that is not running is left as it is. */
  async stop(): Promise<void> {
    this.#ending.abort(new UnavailableError(`${this.part.name} is being stopped`));
    if (this.#process?.running) {
      this.#change('stopping', '');
      await this.#process.stop(this.part.stopSignal, this.part.stopTimeoutMs);
    }
    await this.#revival;
    if (this.#state !== 'failed' && this.#state !== 'done') this.#change('stopped', '');
  }

  /** Ends the process at once. */
  kill(): void {
    this.#ending.abort(new UnavailableError(`${this.part.name} is being killed`));
    this.#process?.kill();
  }

  get #goal(): PartState {
    if (!this.part.command) return 'external';
    return this.part.kind === 'task' ? 'done' : 'ready';
  }

  get #context(): StepContext {
    return { report: (message) => this.#change(this.#state, message), signal: this.#ending.signal };
  }

  async #launch(): Promise<void> {
    this.#ending.signal.throwIfAborted();
    const command = this.part.command?.();
    if (!command) return this.#checkExternal();
    const isTask = this.part.kind === 'task';
    const child = new PartProcess(command, this.logFile, isTask ? (line) => this.#progress(line) : undefined);
    this.#process = child;
    if (this.#state !== 'restarting') this.#change(isTask ? 'running' : 'starting', '');
    try {
      await (isTask ? this.#completion(child) : this.#readiness(child));
      await this.part.settle?.(this.#context);
    } catch (error) {
      await child.stop(this.part.stopSignal, this.part.stopTimeoutMs);
      throw error;
    }
    this.#readySince = performance.now();
    if (!isTask) void child.exited.then((reason) => this.#died(reason));
  }

  async #checkExternal(): Promise<void> {
    this.#change('starting', 'checking that it answers');
    const deadline = performance.now() + this.part.startTimeoutMs;
    for (;;) {
      try {
        return await this.part.probe?.();
      } catch (error) {
        if (performance.now() > deadline) {
          throw new UnavailableError(
            `${this.part.name} at ${shownAddress(this.part.address)} does not answer: ${messageOf(error)}`,
            {
              cause: error,
            },
          );
        }
        await sleep(PROBE_EVERY_MS * 4, undefined, { signal: this.#ending.signal });
      }
    }
  }

  async #readiness(child: PartProcess): Promise<void> {
    const deadline = performance.now() + this.part.startTimeoutMs;
    let lastProblem: unknown = 'no probe yet';
    while (performance.now() < deadline) {
      this.#ending.signal.throwIfAborted();
      if (!child.running) throw this.#failure(`ended while starting (${await child.exited})`);
      try {
        await this.part.probe?.();
        // the answer may have come from somebody else while ours failed to get the port
        if (child.running) return;
      } catch (error) {
        lastProblem = error;
      }
      await Promise.race([sleep(PROBE_EVERY_MS), child.exited]);
    }
    throw this.#failure(`is not ready after ${this.part.startTimeoutMs / 1000} s (${messageOf(lastProblem)})`);
  }

  async #completion(child: PartProcess): Promise<void> {
    const timer = setTimeout(() => child.kill(), this.part.startTimeoutMs);
    const reason = await child.exited;
    clearTimeout(timer);
    this.#ending.signal.throwIfAborted();
    if (!child.succeeded) throw this.#failure(`failed (${reason})`);
  }

  #failure(what: string): UnavailableError {
    return new UnavailableError(`${this.part.name} ${what}. The end of ${this.logFile}:\n${logTail(this.logFile)}`);
  }

  #died(reason: string): void {
    if (this.#ending.signal.aborted) return;
    this.#revival = this.#revive(reason);
  }

  async #revive(firstReason: string): Promise<void> {
    const policy = this.#options.restart ?? defaultRestartPolicy;
    let reason = firstReason;
    if (performance.now() - this.#readySince >= policy.healthyAfterMs) this.#failures = 0;
    while (!this.#ending.signal.aborted) {
      const delayMs = restartDelay(policy, this.#failures++);
      this.#restarts++;
      this.#change('restarting', `ended (${reason}); starting again in ${(delayMs / 1000).toFixed(1)} s`);
      try {
        await sleep(delayMs, undefined, { signal: this.#ending.signal });
        await this.#launch();
        return this.#change('ready', `running again after it ended (${reason})`);
      } catch (error) {
        reason = messageOf(error).split('\n')[0] ?? '';
      }
    }
  }

  #progress(line: string): void {
    try {
      const { message } = JSON.parse(line) as { message?: unknown };
      if (typeof message === 'string') this.#change(this.#state, message);
    } catch {
      this.#change(this.#state, line);
    }
  }

  #change(state: PartState, message = this.#message): void {
    this.#state = state;
    this.#message = message;
    this.#options.onChange(this.status);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
