import type { Logger } from 'pino';
import type { PredictionStore } from '../../adapters/postgres/prediction-log.js';
import type { PredictionRecord } from '../../adapters/postgres/prediction-record.js';
import type { Spool } from '../../adapters/spool/spool.js';
import { UnavailableError } from '../../core/errors.js';
import type { InferenceMetrics } from '../../monitoring/metrics.js';
import { writeRows } from './write-rows.js';

export interface PredictionLogOptions {
  readonly store: PredictionStore;
  readonly spool: Spool;
  /** Rows that may wait for their commit before requests are refused. */
  readonly maxPending: number;
  /** Rows of one commit. */
  readonly maxGroup: number;
  /** Commits under way at the same time. */
  readonly concurrency: number;
  readonly metrics: Pick<InferenceMetrics, 'logFlush' | 'logFlushRows'>;
  readonly logger: Logger;
  /** Told of each row within the request that it comes from. */
  readonly onAppend?: ((record: PredictionRecord) => void) | undefined;
}

interface Waiting {
  readonly record: PredictionRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const RETRY_MS = 500;

/** Of the most rows on their way, with each commit: fewer are noticed within some hundred of them. */
const PEAK_DECAY = 0.99;
/** Rows that are worth a commit beside others; fewer wait for what comes in the same turn of the event loop. */
const LEAST_SHARE = 4;

/**
 * Records predictions in groups: a prediction is recorded when `append` resolves. While one group is being committed the
 * next one gathers, so a commit costs a group, not a request. When Postgres is away, groups go to the spool on local
 * disk; when it is back, the spool is replayed.
 */
export class PredictionLog {
  readonly #options: PredictionLogOptions;
  #queue: Waiting[] = [];
  #running = 0;
  #inFlight = 0;
  #away = false;
  /** Most rows on their way of late. */
  #peak = 0;
  #scheduled = false;
  #recovery: NodeJS.Timeout | undefined;
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(options: PredictionLogOptions) {
    this.#options = options;
  }

  get away(): boolean {
    return this.#away;
  }

  get pending(): number {
    return this.#queue.length;
  }

  /** Whether the next row would be refused: known before a prediction is made for nothing. */
  get overloaded(): boolean {
    return this.#queue.length >= this.#options.maxPending;
  }

  /** Takes up what an earlier run left in the spool. */
  start(): void {
    if (this.#options.spool.rows > 0) this.#recover(0);
  }

  /** @throws {UnavailableError} when neither Postgres nor the spool takes the row, or too many rows wait already */
  append(record: PredictionRecord): Promise<void> {
    if (this.overloaded) {
      return Promise.reject(
        new UnavailableError(`${this.pending} predictions wait to be recorded: try again in a moment`),
      );
    }
    this.#options.onAppend?.(record);
    return new Promise((resolve, reject) => {
      this.#queue.push({ record, resolve, reject });
      if (this.#isShare()) this.#pump();
      else if (!this.#scheduled) {
        this.#scheduled = true;
        setImmediate(() => {
          this.#scheduled = false;
          this.#pump();
        });
      }
    });
  }

  /**
   * Whether the queue is worth a commit beside others. A commit costs far more than a row, so the queue gathers until it
   * holds its share of all rows that are on their way. It leaves as soon as it does, in the middle of a burst of requests:
   * this group is committed while the rest of the burst is read, and neither the processor nor Postgres waits for the other.
   */
  #isShare(): boolean {
    const { concurrency } = this.#options;
    return this.#running < concurrency && this.#queue.length >= Math.max(LEAST_SHARE, this.#peak / concurrency);
  }

  #pump(): void {
    const { maxGroup } = this.#options;
    this.#peak = Math.max(this.#inFlight + this.#queue.length, this.#peak * PEAK_DECAY);
    while (this.#queue.length > 0 && (this.#running === 0 || this.#isShare())) {
      const group = this.#queue.length <= maxGroup ? this.#queue : this.#queue.slice(0, maxGroup);
      this.#queue = group === this.#queue ? [] : this.#queue.slice(maxGroup);
      this.#running++;
      this.#inFlight += group.length;
      void this.#flush(group).finally(() => {
        this.#running--;
        this.#inFlight -= group.length;
        this.#pump();
        if (this.#running === 0) this.#idle?.();
      });
    }
  }

  async #flush(group: readonly Waiting[]): Promise<void> {
    const { store, metrics } = this.#options;
    metrics.logFlushRows.observe(group.length);
    if (!this.#away) {
      const end = metrics.logFlush.startTimer({ place: 'database' });
      try {
        const refused = await writeRows(
          store,
          group.map(({ record }) => record),
        );
        end();
        return this.#answer(group, new Map(refused.map(({ record, error }) => [record, error])));
      } catch (error) {
        this.#leave(error);
      }
    }
    await this.#spool(group);
  }

  #answer(group: readonly Waiting[], refused: ReadonlyMap<PredictionRecord, unknown>): void {
    for (const { record, resolve, reject } of group) {
      if (refused.size > 0 && refused.has(record)) reject(refused.get(record));
      else resolve();
    }
  }

  async #spool(group: readonly Waiting[]): Promise<void> {
    const { spool, metrics } = this.#options;
    const end = metrics.logFlush.startTimer({ place: 'spool' });
    try {
      await spool.append(group.map(({ record }) => JSON.stringify(record)));
      end();
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  #leave(error: unknown): void {
    if (!this.#away) this.#options.logger.error({ err: error }, 'postgres is away: predictions go to the spool');
    this.#away = true;
    this.#recover(RETRY_MS);
  }

  #recover(delayMs: number): void {
    if (this.#closed) return;
    this.#recovery ??= setTimeout(async () => {
      const again = !(await this.#replay());
      this.#recovery = undefined;
      if (again) this.#recover(RETRY_MS);
    }, delayMs).unref();
  }

  async #replay(): Promise<boolean> {
    const { store, spool, logger } = this.#options;
    try {
      await store.ping();
      if (this.#away) logger.info({ spooled: spool.rows }, 'postgres is back');
      this.#away = false;
      const rows = spool.rows;
      await spool.replay(async (entries) => {
        const refused = await writeRows(
          store,
          entries.map((entry) => JSON.parse(entry) as PredictionRecord),
        );
        for (const { record, error } of refused) logger.error({ err: error, id: record.id }, 'spooled row refused');
        return refused.length;
      });
      if (rows > 0) logger.info({ rows }, 'spooled predictions replayed');
      return !this.#away && spool.rows === 0;
    } catch (error) {
      logger.debug({ err: error }, 'postgres is still away');
      return false;
    }
  }

  /** Waits until every row that was appended is on disk somewhere. Nothing is appended afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#recovery);
    if (this.#running > 0 || this.#queue.length > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = () => this.#queue.length === 0 && resolve();
        this.#pump();
      });
    }
    await this.#options.spool.close();
  }
}
