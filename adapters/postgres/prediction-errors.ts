import type { Pool } from 'pg';
import type { Slot } from '../../core/registry/version.js';
import { plainArray, textArray } from './array-literal.js';

/** Requests of one user that no model answered. */
export interface PredictionErrors {
  readonly experimentId: number;
  /** The variant that the user was dealt to. */
  readonly variant: Slot;
  readonly userId: string;
  readonly errors: number;
}

/*
 * Rows that others are writing are updated in the same order as by the prediction log, so that nobody waits in a circle.
 */
const COUNT = `
insert into experiment_users as u (experiment_id, variant, user_id, errors)
select * from unnest($1::bigint[], $2::text[], $3::text[], $4::int[]) order by 1, 2, 3
on conflict (experiment_id, variant, user_id) do update set errors = u.errors + excluded.errors`;

/** Adds failed requests to what an experiment knows of its users. */
export async function countPredictionErrors(pool: Pool, all: readonly PredictionErrors[]): Promise<void> {
  await pool.query(COUNT, [
    plainArray(all.map((one) => one.experimentId)),
    textArray(all.map((one) => one.variant)),
    textArray(all.map((one) => one.userId)),
    plainArray(all.map((one) => one.errors)),
  ]);
}
