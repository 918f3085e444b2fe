import type { Logger } from 'pino';
import type { SlotState } from '../../adapters/postgres/slot-reader.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import type { InferenceMetrics } from '../../monitoring/metrics.js';
import type { ServedModel } from './served-model.js';

export interface ModelSlotOptions {
  readonly project: string;
  readonly slot: 'production' | 'candidate';
  /** What the slot should serve now. */
  readonly read: () => Promise<SlotState>;
  readonly load: (version: string) => Promise<ServedModel>;
  /** Called after every change of what is served or of what went wrong. */
  readonly onChange: () => void;
  readonly metrics: Pick<InferenceMetrics, 'modelInfo' | 'slotGeneration' | 'modelSwaps'>;
  readonly logger: Logger;
}

/** Failures that may pass (storage away) are reported as the instance's error only after this long. */
const PATIENCE_MS = 15_000;

/**
 * What one slot serves. A version is loaded beside the one being served and takes its place in one step; a version that
 * cannot be served never does. The one before stays in memory, so that going back to it takes no download.
 */
export class ModelSlot {
  readonly #options: ModelSlotOptions;
  #current: ServedModel | null = null;
  #previous: ServedModel | null = null;
  #generation = 0;
  #failure: {
    generation: number;
    since: number;
    attempts: number;
    retryAt: number;
    message: string;
    final: boolean;
  } | null = null;
  #syncing: Promise<void> | null = null;
  #again = false;
  #loadedAt: Date | null = null;
  #everRead = false;

  constructor(options: ModelSlotOptions) {
    this.#options = options;
  }

  /** The model that answers now. */
  get current(): ServedModel | null {
    return this.#current;
  }

  get generation(): number {
    return this.#generation;
  }

  get loadedAt(): Date | null {
    return this.#loadedAt;
  }

  /** Whether it is known what the slot should serve. */
  get known(): boolean {
    return this.#everRead;
  }

  /** Why the slot's version is not served, as far as known; `final` when trying again cannot help. */
  get failure(): { readonly generation: number; readonly message: string; readonly final: boolean } | null {
    const failure = this.#failure;
    if (!failure) return null;
    const { generation, message, final, since } = failure;
    return { generation, message, final: final || Date.now() - since > PATIENCE_MS };
  }

  /** Brings what is served in line with the slot. Calls that come meanwhile are answered by one more round. */
  sync(): Promise<void> {
    if (this.#syncing) {
      this.#again = true;
      return this.#syncing;
    }
    this.#syncing = (async () => {
      do {
        this.#again = false;
        await this.#round();
      } while (this.#again);
    })().finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  async #round(): Promise<void> {
    const { read, load, logger } = this.#options;
    let wanted: SlotState;
    try {
      wanted = await read();
    } catch (error) {
      logger.debug({ err: error }, 'the slot cannot be read');
      return;
    }
    const first = !this.#everRead;
    this.#everRead = true;
    const { version, generation } = wanted;
    if (generation === this.#generation && !first) {
      this.#clearFailure();
      return;
    }
    if (this.#failure?.generation === generation && Date.now() < this.#failure.retryAt) return;
    if (this.#failure?.generation !== generation) this.#clearFailure();
    try {
      let next = version === null ? null : [this.#current, this.#previous].find((model) => model?.version === version);
      if (next === undefined) next = await load(version!);
      this.#swap(next, generation);
    } catch (error) {
      this.#fail(version!, generation, error);
    }
  }

  /** The first model of a service that cannot read its slot yet; the slot takes over as soon as it can be read. */
  adopt(model: ServedModel): void {
    if (!this.#everRead && !this.#current) this.#swap(model, 0);
  }

  #swap(next: ServedModel | null, generation: number): void {
    const { project, slot, metrics, logger, onChange } = this.#options;
    if (next !== this.#current) {
      this.#previous = this.#current ?? this.#previous;
      this.#loadedAt = next ? new Date() : null;
      metrics.modelSwaps.inc({ project, variant: slot, outcome: 'served' });
    }
    this.#current = next;
    this.#generation = generation;
    this.#failure = null;
    metrics.modelInfo.reset();
    if (next) metrics.modelInfo.set({ project, variant: slot, version: next.version }, 1);
    metrics.slotGeneration.set({ project, variant: slot }, generation);
    logger.info(
      { version: next?.version ?? null, generation, previous: this.#previous?.version ?? null },
      'model served',
    );
    onChange();
  }

  #fail(version: string, generation: number, error: unknown): void {
    const { project, slot, metrics, logger, onChange } = this.#options;
    const attempts = this.#failure ? this.#failure.attempts + 1 : 1;
    this.#failure = {
      generation,
      attempts,
      since: this.#failure?.since ?? Date.now(),
      retryAt: Date.now() + Math.min(10_000, 500 * 2 ** (attempts - 1)),
      message: `${version} cannot be served: ${(error as Error).message}`,
      final: error instanceof ArtifactInvalidError,
    };
    metrics.modelSwaps.inc({ project, variant: slot, outcome: 'refused' });
    const keeping = this.#current?.version ?? null;
    logger.error({ err: error, version, generation, keeping, attempts }, 'model refused');
    onChange();
  }

  #clearFailure(): void {
    if (!this.#failure) return;
    this.#failure = null;
    this.#options.onChange();
  }
}
