import type pg from 'pg';
import type { SlotState } from '../../activities/ports.js';
import type { Slot } from '../../core/registry/version.js';

export type { SlotState };

/** What a slot should serve; generation 0 = nobody ever said. */
export async function readSlot(pool: pg.Pool, project: string, slot: Slot): Promise<SlotState> {
  const { rows } = await pool.query<SlotState>({
    text: 'select slot, version, generation from slots where project = $1 and slot = $2',
    values: [project, slot],
    query_timeout: 5_000,
  } as pg.QueryConfig);
  return rows[0] ?? { slot, version: null, generation: 0 };
}
