import type { Pool } from 'pg';
import type { Slot } from '../../core/registry/version.js';

/** What a service tells about itself: its address, and the generation of its slot that it serves. */
export interface InstanceReport {
  readonly id: string;
  readonly project: string;
  readonly slot: Slot | 'router';
  /** host:port */
  readonly address: string;
  readonly generation: number;
  readonly version: string | null;
  /** Why it does not serve what its slot asks for … */
  readonly error: string | null;
  /** … and the generation that this is about. */
  readonly refusedGeneration: number | null;
  /** Predictions in its spool. */
  readonly spooled: number;
}

export interface InstanceStore {
  /** Adds or refreshes the instance: a promotion counts those heard of lately. */
  report(instance: InstanceReport): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createInstanceStore(pool: Pool): InstanceStore {
  return {
    async report({ id, project, slot, address, generation, version, error, refusedGeneration, spooled }) {
      await pool.query(
        `insert into instances as i (id, project, role, address, generation, version, error, refused_generation, spooled, seen_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())
         on conflict (id) do update set project = excluded.project, role = excluded.role, address = excluded.address,
           generation = excluded.generation, version = excluded.version, error = excluded.error,
           refused_generation = excluded.refused_generation, spooled = excluded.spooled, seen_at = clock_timestamp()`,
        [id, project, slot, address, generation, version, error, refusedGeneration, spooled],
      );
    },
    async remove(id) {
      await pool.query('delete from instances where id = $1', [id]);
    },
  };
}
