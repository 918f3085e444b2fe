import type { PoolClient } from 'pg';
import type { ChangeCause, ExperimentChange } from '../../activities/ports.js';

export interface ExperimentChangeRow {
  id: number;
  experiment_id: number;
  from_state: string;
  to_state: string;
  from_weight: number;
  to_weight: number;
  clock_restarted: boolean;
  reason: string;
  actor: string;
  at: Date;
}

export function toExperimentChange(row: ExperimentChangeRow): ExperimentChange {
  return {
    id: row.id,
    experimentId: row.experiment_id,
    fromState: row.from_state,
    toState: row.to_state,
    fromWeight: row.from_weight,
    toWeight: row.to_weight,
    clockRestarted: row.clock_restarted,
    reason: row.reason,
    actor: row.actor,
    at: row.at,
  };
}

type Facts = Pick<ExperimentChange, 'fromState' | 'toState' | 'fromWeight' | 'toWeight' | 'clockRestarted'>;

/** One row of an experiment's history, in the transaction that changes it. */
export async function recordChange(
  client: PoolClient,
  experimentId: number,
  { reason, actor, idempotencyKey }: ChangeCause,
  { fromState, toState, fromWeight, toWeight, clockRestarted }: Facts,
): Promise<void> {
  await client.query(
    `insert into experiment_changes
       (experiment_id, from_state, to_state, from_weight, to_weight, clock_restarted, reason, actor, idempotency_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (idempotency_key) do nothing`,
    [experimentId, fromState, toState, fromWeight, toWeight, clockRestarted, reason, actor, idempotencyKey],
  );
}
