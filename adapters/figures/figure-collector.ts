import type { Logger } from 'pino';
import type { Figure, FigureSource } from './figure.js';

interface Settable {
  reset(): void;
  inc(labels: Record<string, string>, value: number): void;
}

export interface FigureCollectorOptions {
  /** Metrics by their key; a source may only name keys of these. */
  readonly metrics: Readonly<Record<string, Settable>>;
  /** Each is read on its own: one that fails leaves its last figures and does not hold up the others. */
  readonly sources: Readonly<Record<string, FigureSource>>;
  /** What must answer: each is 1 or 0 in `dependencyUp`. */
  readonly probes: Readonly<Record<string, () => Promise<unknown>>>;
  /** Figures younger than this are told again instead of read again, milliseconds; default 15,000. */
  readonly maxAgeMs?: number;
  /** Longest that one source or probe may take, milliseconds; default 3,000. */
  readonly timeoutMs?: number;
  readonly logger: Logger;
  readonly now?: () => number;
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Brings what is read from state into metrics, when a scrape asks for it and not more often than `maxAgeMs`. */
export function createFigureCollector(options: FigureCollectorOptions) {
  const { metrics, sources, probes, maxAgeMs = 15_000, timeoutMs = 3_000, logger, now = Date.now } = options;
  const latest = new Map<string, readonly Figure[]>();
  let collectedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function probe(dependency: string, ask: () => Promise<unknown>): Promise<Figure[]> {
    const started = performance.now();
    const up = await within(ask(), timeoutMs).then(
      () => 1,
      (error: unknown) => {
        logger.debug({ err: error, dependency }, 'dependency does not answer');
        return 0;
      },
    );
    const labels = { dependency };
    return [
      { key: 'dependencyUp', labels, value: up },
      { key: 'dependencyProbe', labels, value: (performance.now() - started) / 1000 },
    ];
  }

  async function collect(): Promise<void> {
    const started = performance.now();
    let complete = true;
    await Promise.all([
      ...Object.entries(sources).map(async ([name, read]) => {
        try {
          latest.set(name, await within(read(), timeoutMs));
        } catch (error) {
          complete = false;
          logger.warn({ err: error, source: name }, 'metrics of the loop not read');
        }
      }),
      ...Object.entries(probes).map(async ([name, ask]) => latest.set(`probe ${name}`, await probe(name, ask))),
    ]);
    const took: Figure = { key: 'collectSeconds', labels: {}, value: (performance.now() - started) / 1000 };
    latest.set('collector', [took]);
    if (complete) latest.set('collected', [{ key: 'collectedAt', labels: {}, value: now() / 1000 }]);
    const figures = [...latest.values()].flat();
    for (const key of new Set(figures.map((figure) => figure.key))) {
      if (!metrics[key]) throw new Error(`a figure of no metric: ${key}`);
    }
    // all at once: a scrape never sees half of it
    for (const metric of Object.values(metrics)) metric.reset();
    for (const { key, labels, value } of figures) metrics[key]?.inc({ ...labels }, value);
    collectedAt = now();
  }

  return {
    /** Resolves when the metrics are not older than `maxAgeMs`; callers at the same time share one reading. */
    refresh(): Promise<void> {
      if (now() - collectedAt < maxAgeMs) return Promise.resolve();
      running ??= collect().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
