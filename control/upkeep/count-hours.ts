import type { Logger } from 'pino';
import { type HoursOfPredictions, MOST_HOURS } from '../monitoring/hours-of-predictions.js';

const EVERY_MS = 60_000;
/** What most looks are about comes first. */
const DAY_HOURS = 24;

interface CountingDeps {
  readonly hours: Pick<HoursOfPredictions, 'countAhead'>;
  readonly projects: readonly { readonly name: string }[];
  readonly logger: Logger;
}

/** Counts the predictions of closed hours in the background from now on, so that who looks only reads. @returns a function that ends it */
export function watchHours({ hours, projects, logger }: CountingDeps): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const stop = new AbortController();
  const count = async () => {
    for (const back of [DAY_HOURS, MOST_HOURS]) {
      for (const { name } of projects) await hours.countAhead(name, back, stop.signal);
    }
  };
  const round = (): Promise<void> =>
    count()
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'predictions by hour not counted: tried again in a minute'),
      )
      .finally(() => {
        if (stop.signal.aborted) return;
        timer = setTimeout(() => {
          counting = round();
        }, EVERY_MS);
      });
  let counting = round();
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await counting;
  };
}
