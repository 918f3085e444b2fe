import { Worker } from 'node:worker_threads';
import { InvalidInputError } from '../../core/errors.js';
import type { Job, Reply } from './messages.js';

/** One worker thread: does one job at a time; further ones wait their turn. */
export class ForestThread {
  readonly #worker: Worker;
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void; onProgress: () => void } | null = null;
  #stopped: Error | null = null;
  #last: Promise<void> = Promise.resolve();
  #load = 0;

  constructor() {
    this.#worker = startWorker();
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) =>
      this.#stop(new Error(`a forest thread failed: ${error.message}`, { cause: error })),
    );
    this.#worker.on('exit', (code) => this.#stop(new Error(`a forest thread ended with code ${code}`)));
    // an idle thread must not keep the process alive
    this.#worker.unref();
  }

  /** Jobs that run or wait. */
  get load(): number {
    return this.#load;
  }

  /** Runs a job to its end; `onProgress` is called after each tree. */
  run(job: Job, onProgress: () => void = () => {}): Promise<Reply> {
    this.#load++;
    const turn = this.#last.then(() => this.#run(job, onProgress));
    const settled = () => void this.#load--;
    this.#last = turn.then(settled, settled);
    return turn;
  }

  #run(job: Job, onProgress: () => void): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(this.#stopped);
      this.#waiting = { resolve, reject, onProgress };
      this.#worker.ref();
      this.#worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(reply: Reply): void {
    if (reply.kind === 'progress') {
      this.#waiting?.onProgress();
      return;
    }
    const waiting = this.#settle();
    if (reply.kind !== 'failed') waiting?.resolve(reply);
    else
      waiting?.reject(reply.code === 'INVALID_INPUT' ? new InvalidInputError(reply.message) : new Error(reply.message));
  }

  #stop(error: Error): void {
    this.#stopped ??= error;
    this.#settle()?.reject(this.#stopped);
  }

  #settle() {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#worker.unref();
    return waiting;
  }
}

/** Built files start as they are. From the sources, a thread first registers tsx: it does not inherit the loader. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./forest-worker.js', import.meta.url));
  const tsx = import.meta.resolve('tsx/esm/api');
  const worker = new URL('./forest-worker.ts', import.meta.url).href;
  const start = `import('${tsx}').then(({ register }) => { register(); return import('${worker}'); })`;
  return new Worker(start, { eval: true });
}
