import type { PartState, PartStatus } from './part.js';

const symbols: Readonly<Record<PartState, string>> = {
  waiting: '·',
  preparing: '…',
  starting: '…',
  running: '…',
  ready: '✓',
  external: '✓',
  done: '✓',
  restarting: '↻',
  stopping: '…',
  stopped: '–',
  failed: '✗',
};
const settled = new Set<PartState>(['ready', 'external', 'done', 'stopped', 'failed']);

const REPEAT_AFTER_MS = 15_000;

export interface ViewStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows parts coming up and going down: on a terminal one list that changes in place, elsewhere one line a change with
 * the seconds since the start.
 */
export class ProgressView {
  readonly #out: ViewStream;
  readonly #begun = performance.now();
  readonly #statuses = new Map<string, PartStatus>();
  readonly #since = new Map<string, number>();
  #drawnLines = 0;
  #live: NodeJS.Timeout | null = null;
  readonly #lastLine = new Map<string, { key: string; at: number }>();

  constructor(out: ViewStream) {
    this.#out = out;
  }

  /** Begins the list; on a terminal it is redrawn until `end`. */
  begin(statuses: readonly PartStatus[]): void {
    for (const status of statuses) this.#statuses.set(status.name, status);
    if (!this.#out.isTTY) return;
    this.#draw();
    this.#live = setInterval(() => this.#draw(), 200);
    this.#live.unref();
  }

  /** Leaves the list as it is; what changes later is written as lines. */
  end(): void {
    if (this.#live === null) return;
    clearInterval(this.#live);
    this.#live = null;
    this.#draw();
    this.#drawnLines = 0;
  }

  change(status: PartStatus): void {
    if (this.#statuses.get(status.name)?.state !== status.state) this.#since.set(status.name, performance.now());
    this.#statuses.set(status.name, status);
    if (this.#live === null) this.#line(status);
  }

  notice(message: string): void {
    this.#erase();
    this.#out.write(`${message}\n`);
    if (this.#live !== null) this.#draw();
  }

  /** A message that differs only in its numbers (a percentage, a count) is told once in a while, another one always. */
  #line(status: PartStatus): void {
    const key = `${status.state} ${status.message.replaceAll(/\d+/g, '#')}`;
    const last = this.#lastLine.get(status.name);
    const isRepeated = last?.key === key && (status.message === '' || performance.now() - last.at < REPEAT_AFTER_MS);
    if (isRepeated || status.state === 'waiting') return;
    this.#lastLine.set(status.name, { key, at: performance.now() });
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1).padStart(6);
    this.#out.write(`${seconds} s  ${describe(status).split('\n')[0]}\n`);
  }

  #draw(): void {
    this.#erase();
    const width = (this.#out.columns ?? 80) - 1;
    const lines = [...this.#statuses.values()].map((status) => {
      const elapsed = settled.has(status.state) || status.state === 'waiting' ? '' : ` ${this.#elapsed(status.name)}`;
      return `${describe(status)}${elapsed}`.split('\n')[0]?.slice(0, width) ?? '';
    });
    this.#out.write(`${lines.join('\n')}\n`);
    this.#drawnLines = lines.length;
  }

  #erase(): void {
    // up to the first line of the list, and clear to the end of the screen (ECMA-48 CUU, ED)
    if (this.#drawnLines > 0) this.#out.write(`\u001b[${this.#drawnLines}A\u001b[0J`);
    this.#drawnLines = 0;
  }

  #elapsed(name: string): string {
    return `${Math.round((performance.now() - (this.#since.get(name) ?? this.#begun)) / 1000)} s`;
  }
}

function describe({ name, state, message, readyAfterMs, restarts }: PartStatus): string {
  const isUp = state === 'ready' || state === 'external' || state === 'done';
  const took = isUp && restarts === 0 && readyAfterMs !== null ? ` in ${(readyAfterMs / 1000).toFixed(1)} s` : '';
  return `${symbols[state]} ${name.padEnd(11)} ${state}${took}${message && `: ${message}`}`;
}
