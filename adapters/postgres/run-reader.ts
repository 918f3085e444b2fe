import type { Pool } from 'pg';
import type { Run } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';
import { type RunRow, toRun } from './run-store.js';

/** One telling of a metric. */
export interface ToldStep {
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly at: Date;
}

/** Of one metric at most so many steps are read, evenly over the run, its last among them. */
const MAX_STEPS = 1000;

/** @throws {NotFoundError} */
export async function findRun(pool: Pool, id: string): Promise<Run> {
  const { rows } = await pool.query<RunRow>('select * from runs where id = $1', [id]);
  if (!rows[0]) throw new NotFoundError(`there is no run ${id}`);
  return toRun(rows[0]);
}

/** The metrics of a run over its steps, by name and step. */
export async function readSteps(pool: Pool, id: string): Promise<ToldStep[]> {
  const { rows } = await pool.query<ToldStep>(
    `select name, step, value, at from (
       select *, row_number() over same as place, count(*) over (partition by name) as steps from run_metrics
       where run_id = $1 window same as (partition by name order by step desc)
     ) told where (place - 1) % greatest(1, (steps + $2 - 1) / $2) = 0 order by name, step`,
    [id, MAX_STEPS],
  );
  return rows;
}
