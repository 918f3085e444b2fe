import { isAway } from '../../adapters/postgres/database-error.js';
import type { PredictionStore } from '../../adapters/postgres/prediction-log.js';
import type { PredictionRecord } from '../../adapters/postgres/prediction-record.js';

export interface RefusedRow {
  readonly record: PredictionRecord;
  readonly error: unknown;
}

/**
 * Stores a group of rows. When Postgres refuses the data of one, the group is halved until the others are stored.
 *
 * @returns the rows that Postgres refuses
 * @throws when Postgres is away: any of the rows may or may not be stored, so they must be written again
 */
export async function writeRows(store: PredictionStore, rows: readonly PredictionRecord[]): Promise<RefusedRow[]> {
  try {
    await store.write(rows);
    return [];
  } catch (error) {
    if (isAway(error)) throw error;
    if (rows.length === 1) return [{ record: rows[0]!, error }];
    const half = rows.length >> 1;
    return [...(await writeRows(store, rows.slice(0, half))), ...(await writeRows(store, rows.slice(half)))];
  }
}
