import type { Logger } from 'pino';

export interface IdSourceOptions {
  /** First ids of fresh blocks, never given to anybody else. */
  readonly reserve: (blocks: number) => Promise<number[]>;
  readonly blockSize: number;
  /** Ids kept in hand however quiet it is. */
  readonly least: number;
  /** For how long the ids in hand should last at the recent rate when Postgres is away, seconds. */
  readonly lastSeconds: number;
  readonly most: number;
  readonly logger: Logger;
}

/** Hands out prediction ids from blocks fetched ahead of need, so that serving outlives an outage of Postgres. */
export class IdSource {
  readonly #options: IdSourceOptions;
  readonly #blocks: number[] = [];
  #next = 0;
  #end = 0;
  #taken = 0;
  #rate = 0;
  #fetching: Promise<void> | undefined;
  #clock: NodeJS.Timeout | undefined;

  constructor(options: IdSourceOptions) {
    this.#options = options;
  }

  /** Ids in hand. */
  get left(): number {
    return this.#end - this.#next + this.#blocks.length * this.#options.blockSize;
  }

  /** Begins to follow the rate of use; ids are fetched as soon as Postgres gives some. */
  start(): void {
    this.#clock = setInterval(() => {
      this.#rate = Math.max(this.#taken, this.#rate * 0.99); // rises at once, falls over minutes
      this.#taken = 0;
      void this.refill();
    }, 1_000).unref();
    void this.refill();
  }

  stop(): void {
    clearInterval(this.#clock);
  }

  /** The next id, or null when none is in hand: the request has to be refused. */
  take(): number | null {
    if (this.#next === this.#end) {
      const block = this.#blocks.shift();
      if (block === undefined) {
        void this.refill();
        return null;
      }
      this.#next = block;
      this.#end = block + this.#options.blockSize;
      if (this.left < this.#target() / 2) void this.refill();
    }
    this.#taken++;
    return this.#next++;
  }

  #target(): number {
    const { least, most, lastSeconds } = this.#options;
    return Math.min(most, Math.max(least, Math.max(this.#rate, this.#taken) * lastSeconds));
  }

  /** Fetches what is missing; resolves also when Postgres is away. */
  refill(): Promise<void> {
    const { reserve, blockSize, logger } = this.#options;
    const missing = this.#target() - this.left;
    if (missing <= 0) return Promise.resolve();
    this.#fetching ??= reserve(Math.ceil(missing / blockSize))
      .then(
        (blocks) => void this.#blocks.push(...blocks),
        (error: unknown) => logger.debug({ err: error }, 'no prediction ids for now'),
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }
}
