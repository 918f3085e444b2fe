import type { Pool } from 'pg';
import { type HourOfPredictions, readHours } from '../../adapters/postgres/performance-reader.js';

const HOUR_MS = 3_600_000;
/** Rows that waited in a spool while Postgres was away come late: an hour is final only so long after its end. */
const SETTLED_AFTER_MS = 10 * 60_000;
/** Even a final hour is counted again now and then. */
const KEPT_MS = 60 * 60_000;

interface CountedHour {
  readonly rows: readonly HourOfPredictions[];
  readonly until: number;
}

const hourOf = (time: number) => Math.floor(time / HOUR_MS) * HOUR_MS;

/**
 * Predictions by hour, counted from the rows. An hour that is over is counted once and remembered: a look at a day costs what its last hour
 * costs, however many predictions there are.
 */
export function createHoursOfPredictions(pool: Pool) {
  const counted = new Map<string, CountedHour>();

  /** @returns hours from the one that `from` is in, up to `to` */
  return async (project: string, from: Date, to: Date): Promise<HourOfPredictions[]> => {
    const now = Date.now();
    const key = (hour: number) => `${project} ${hour}`;
    const hours: number[] = [];
    for (let hour = hourOf(from.getTime()); hour < to.getTime(); hour += HOUR_MS) hours.push(hour);
    const missing = hours.filter((hour) => (counted.get(key(hour))?.until ?? 0) <= now);
    for (const [hour, { until }] of counted) if (until <= now) counted.delete(hour);

    const fresh = new Map<number, HourOfPredictions[]>(missing.map((hour) => [hour, []]));
    const [first, last] = [missing[0], missing.at(-1)];
    if (first !== undefined && last !== undefined) {
      const end = Math.min(last + HOUR_MS, to.getTime());
      for (const row of await readHours(pool, project, new Date(first), new Date(end))) {
        fresh.get(row.hour.getTime())?.push(row);
      }
    }
    for (const [hour, rows] of fresh) {
      if (hour + HOUR_MS + SETTLED_AFTER_MS <= now) counted.set(key(hour), { rows, until: now + KEPT_MS });
    }
    return hours.flatMap((hour) => fresh.get(hour) ?? counted.get(key(hour))?.rows ?? []);
  };
}
