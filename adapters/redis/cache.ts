/** A store of texts that may forget anything at any time. It never throws, and never takes longer than its patience. */
export interface Cache {
  /** The text under a key; null when there is none, or the cache is away or slow. */
  get(key: string): Promise<string | null>;
  /** Keeps a text for a while; nobody waits for it. */
  set(key: string, text: string, seconds: number): void;
  close(): void;
}

/** Caches nothing: where no cache is configured. */
export const noCache: Cache = { get: async () => null, set: () => {}, close: () => {} };
