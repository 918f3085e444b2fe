import type { PredictionErrors } from '../../adapters/postgres/prediction-errors.js';
import type { Caller } from '../http/caller.js';

/** Users whose failures wait to be counted; more are not remembered, so that an outage cannot fill the memory. */
const MAX_USERS = 10_000;

/**
 * Failed requests of users in an experiment, gathered until they are counted with their users. Only the last service in the
 * line counts: when the candidate fails, production answers, and that answer says whose error it was.
 */
export class FailedRequests {
  readonly #count: (all: readonly PredictionErrors[]) => Promise<void>;
  #waiting = new Map<string, PredictionErrors>();

  constructor(count: (all: readonly PredictionErrors[]) => Promise<void>) {
    this.#count = count;
  }

  add({ experimentId, userId, assignedVariant, shadow }: Caller): void {
    if (experimentId === null || userId === null || shadow) return;
    this.#put({ experimentId, userId, variant: assignedVariant ?? 'production', errors: 1 });
  }

  #put(one: PredictionErrors): void {
    const key = `${one.experimentId} ${one.variant} ${one.userId}`;
    const before = this.#waiting.get(key);
    if (!before && this.#waiting.size >= MAX_USERS) return;
    this.#waiting.set(key, { ...one, errors: one.errors + (before?.errors ?? 0) });
  }

  /** @throws when the database is away; what could not be counted waits for the next time */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const all = [...this.#waiting.values()];
    this.#waiting = new Map();
    try {
      await this.#count(all);
    } catch (error) {
      for (const one of all) this.#put(one);
      throw error;
    }
  }
}
