import type { Pool } from 'pg';
import type { RoutingStore } from '../../activities/ports.js';

export interface StoredRouting {
  readonly project: string;
  readonly generation: number;
  readonly experimentId: number | null;
  readonly salt: string;
  readonly candidateWeightPercent: number;
  readonly shadowPercent: number;
}

interface RoutingRow {
  project: string;
  generation: number;
  experiment_id: number | null;
  salt: string;
  candidate_weight_percent: number;
  shadow_percent: number;
}

/** What the router of a project should do; before anything was said: all users to production. */
export async function readRouting(pool: Pool, project: string): Promise<StoredRouting> {
  const { rows } = await pool.query<RoutingRow>('select * from routing where project = $1', [project]);
  const row = rows[0];
  return {
    project,
    generation: row?.generation ?? 0,
    experimentId: row?.experiment_id ?? null,
    salt: row?.salt ?? 'none',
    candidateWeightPercent: row?.candidate_weight_percent ?? 0,
    shadowPercent: row?.shadow_percent ?? 0,
  };
}

export function createRoutingStore(pool: Pool): RoutingStore {
  return {
    async set(project, { experimentId, candidateWeightPercent, shadowPercent = 0 }) {
      // the salt changes with the experiment, so that each one draws its users anew
      const salt = experimentId === null ? 'none' : `${project}:${experimentId}`;
      const { rows } = await pool.query<{ generation: number }>(
        `insert into routing as r (project, experiment_id, salt, candidate_weight_percent, shadow_percent)
         values ($1, $2, $3, $4, $5)
         on conflict (project) do update set
           experiment_id = excluded.experiment_id, salt = excluded.salt,
           candidate_weight_percent = excluded.candidate_weight_percent, shadow_percent = excluded.shadow_percent,
           updated_at = now(),
           generation = r.generation + (
             (r.experiment_id, r.salt, r.candidate_weight_percent, r.shadow_percent)
             is distinct from
             (excluded.experiment_id, excluded.salt, excluded.candidate_weight_percent, excluded.shadow_percent)
           )::int
         returning generation`,
        [project, experimentId, salt, candidateWeightPercent, shadowPercent],
      );
      await pool.query("select pg_notify('routing', $1)", [project]);
      return { generation: rows[0]!.generation };
    },

    async divert(project, experimentId) {
      await pool.query(
        `update routing set experiment_id = null, salt = 'none', candidate_weight_percent = 0, shadow_percent = 0,
           generation = generation + 1, updated_at = now()
         where project = $1 and experiment_id = $2`,
        [project, experimentId],
      );
      await pool.query("select pg_notify('routing', $1)", [project]);
    },
  };
}
