import type { InstanceReport, InstanceStore } from '../adapters/postgres/instance-store.js';

/** Says that this process is there and what it serves; one report at a time, and none after it has left. */
export class Presence {
  readonly #store: InstanceStore;
  readonly #describe: () => InstanceReport;
  #there = false;
  #last: Promise<void> = Promise.resolve();

  constructor(store: InstanceStore, describe: () => InstanceReport) {
    this.#store = store;
    this.#describe = describe;
  }

  /** From now on reports are made: the process can be reached. */
  arrive(): void {
    this.#there = true;
  }

  /** @throws when the database is away */
  report(): Promise<void> {
    const done = this.#last.then(() => (this.#there ? this.#store.report(this.#describe()) : undefined));
    this.#last = done.catch(() => {});
    return done;
  }

  async leave(): Promise<void> {
    this.#there = false;
    await this.#last; // a report under way would bring the row back
    await this.#store.remove(this.#describe().id);
  }
}
