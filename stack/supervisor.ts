import { mkdirSync } from 'node:fs';
import { ManagedPart } from './managed-part.js';
import type { Part, PartStatus } from './part.js';
import type { RestartPolicy } from './restart-policy.js';

export interface SupervisorOptions {
  readonly logFolder: string;
  readonly onChange?: (status: PartStatus) => void;
  readonly restart?: RestartPolicy;
}

/** Starts parts after those they need, keeps them up, and stops them in the reverse order. */
export class Supervisor {
  readonly #parts = new Map<string, ManagedPart>();
  readonly #logFolder: string;
  #stopping: Promise<void> | null = null;

  /** @param parts in an order where every part comes after those it needs */
  constructor(parts: readonly Part[], { logFolder, onChange = () => undefined, restart }: SupervisorOptions) {
    this.#logFolder = logFolder;
    for (const part of parts) {
      const missing = part.needs.find((name) => !this.#parts.has(name));
      if (missing !== undefined) throw new Error(`${part.name} needs ${missing}, which does not come before it`);
      this.#parts.set(part.name, new ManagedPart(part, { logFolder, onChange, ...(restart && { restart }) }));
    }
  }

  get statuses(): PartStatus[] {
    return [...this.#parts.values()].map((part) => part.status);
  }

  /**
   * Brings everything up, what does not depend on each other at the same time.
   *
   * @throws the first failure, after everything that had come up was stopped again
   */
  async start(): Promise<void> {
    mkdirSync(this.#logFolder, { recursive: true });
    const started = new Map<string, Promise<void>>();
    for (const managed of this.#parts.values()) {
      const needs = managed.part.needs.map((name) => started.get(name));
      const up = Promise.all(needs).then(() => {
        if (this.#stopping) throw new Error('the stack is being stopped');
        return managed.start();
      });
      // whoever needs an optional part that failed does without it, and so does the start
      const tolerated = managed.part.optional ? up.catch(() => undefined) : up;
      tolerated.catch(() => undefined);
      started.set(managed.part.name, tolerated);
    }
    try {
      await Promise.all(started.values());
    } catch (error) {
      await this.stop();
      await Promise.allSettled(started.values());
      throw error;
    }
  }

  /** Stops every part after those that need it. Calling it again waits for the same stop. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Ends every process at once, in no order. */
  kill(): void {
    for (const managed of this.#parts.values()) managed.kill();
  }

  async #stopAll(): Promise<void> {
    const stopped = new Map<string, Promise<void>>();
    const reversed = [...this.#parts.values()].reverse();
    for (const managed of reversed) {
      const name = managed.part.name;
      const dependents = reversed.filter((other) => other.part.needs.includes(name));
      const before = dependents.map((other) => stopped.get(other.part.name));
      stopped.set(
        name,
        Promise.all(before).then(() => managed.stop()),
      );
    }
    await Promise.all(stopped.values());
  }
}
