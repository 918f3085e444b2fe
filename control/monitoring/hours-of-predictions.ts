import type { Pool } from 'pg';
import { type HourOfPredictions, readHours } from '../../adapters/postgres/performance-reader.js';

const HOUR_MS = 3_600_000;
/** Rows that waited in a spool while Postgres was away come late: an hour is final only so long after its end. */
const SETTLED_AFTER_MS = 10 * 60_000;
/** Even a final hour is counted again now and then: rows may be erased. */
const KEPT_MS = 12 * HOUR_MS;
/** A look that finds much uncounted takes so many connections of the pool and leaves the others to everybody else. */
const AT_A_TIME = 3;
/** How far back a look may go. */
export const MOST_HOURS = 168;

interface CountedHour {
  readonly rows: readonly HourOfPredictions[];
  readonly at: number;
}

const hourOf = (time: number) => Math.floor(time / HOUR_MS) * HOUR_MS;

/**
 * Predictions by hour, counted from the rows. An hour that is over is counted once and remembered: a look at a day costs what its last hour
 * costs, however many predictions there are. Called ahead of the looks, `countAhead` spares the first one the counting as well.
 */
export function createHoursOfPredictions(pool: Pool, now: () => number = Date.now) {
  const counted = new Map<string, CountedHour>();
  const underWay = new Map<string, Promise<readonly HourOfPredictions[]>>();
  const keyOf = (project: string, hour: number) => `${project} ${hour}`;
  const age = (key: string) => now() - (counted.get(key)?.at ?? Number.NEGATIVE_INFINITY);
  /** The first hour that may still get rows. */
  const firstOpen = () => hourOf(now() - SETTLED_AFTER_MS);

  /** Those who want the same hour at the same time share one count. */
  function count(project: string, hour: number): Promise<readonly HourOfPredictions[]> {
    const key = keyOf(project, hour);
    const shared = underWay.get(key);
    if (shared) return shared;
    const counting = readHours(pool, project, new Date(hour), new Date(hour + HOUR_MS))
      .then((rows) => {
        counted.set(key, { rows, at: now() });
        return rows;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, counting);
    return counting;
  }

  async function settled(project: string, from: number, to: number): Promise<HourOfPredictions[]> {
    const hours: number[] = [];
    for (let hour = from; hour < to; hour += HOUR_MS) hours.push(hour);
    const found = new Map<number, readonly HourOfPredictions[]>();
    const turns = hours.values();
    const takeTurns = async () => {
      for (const hour of turns) {
        const key = keyOf(project, hour);
        found.set(hour, age(key) < KEPT_MS ? counted.get(key)!.rows : await count(project, hour));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, takeTurns));
    return hours.flatMap((hour) => found.get(hour)!);
  }

  return {
    /** @returns hours from the one that `from` is in, up to `to` */
    async read(project: string, from: Date, to: Date): Promise<HourOfPredictions[]> {
      const first = hourOf(from.getTime());
      const open = Math.min(Math.max(first, firstOpen()), to.getTime());
      const [closed, last] = await Promise.all([
        settled(project, first, open),
        readHours(pool, project, new Date(open), to),
      ]);
      return [...closed, ...last];
    },

    /** Counts the closed ones of the last hours, newest first and one at a time, each long before what is known of it is too old. */
    async countAhead(project: string, hours: number, signal?: AbortSignal): Promise<void> {
      for (const [key, { at }] of counted) if (now() - at >= KEPT_MS) counted.delete(key);
      const newest = firstOpen() - HOUR_MS;
      for (let hour = newest; hour > newest - hours * HOUR_MS && !signal?.aborted; hour -= HOUR_MS) {
        if (age(keyOf(project, hour)) >= KEPT_MS / 2) await count(project, hour);
      }
    },
  };
}

export type HoursOfPredictions = ReturnType<typeof createHoursOfPredictions>;
