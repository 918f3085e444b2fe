import type { Pool } from 'pg';
import type { PredictionReader } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';

interface OutcomeRow {
  type: 'actual_price' | 'actual_class' | 'rating';
  n: number;
  mean: number;
  std: number | null;
}

/** A model's ratings of its first days in production are what later ones are compared with. */
const REFERENCE_DAYS = 7;

/** Stars as they are; of a reported price the relative error of the prediction, of a class 1 when another was predicted. */
const OUTCOMES = `
  select type, count(*)::float8 as n, avg(outcome) as mean, stddev_samp(outcome) as std
  from feedback, lateral (
    select case when type = 'rating' then (value #>> '{}')::float8
                when type = 'actual_class' then (array_position($3::text[], value #>> '{}') - 1 <> prediction)::int::float8
                else abs(prediction - (value #>> '{}')::float8) / nullif(abs((value #>> '{}')::float8), 0) end as outcome
  ) reading
  where project = $1 and model_version = $2 and type in ('rating', $4) and superseded_at is null
    and variant = 'production' and outcome is not null`;

async function deployedAt(pool: Pool, project: string, version: string): Promise<Date> {
  const { rows } = await pool.query<{ deployed_at: Date }>(
    `select deployed_at from deployments where project = $1 and slot = 'production' and version = $2
     order by deployed_at limit 1`,
    [project, version],
  );
  return rows[0]?.deployed_at ?? new Date(0);
}

/** Reads predictions of a time window by id, a page at a time, so that ten million rows never sit in memory. */
export function createPredictionReader(pool: Pool): PredictionReader {
  return {
    async *pages(project, variant, { start, end }, pageSize) {
      let after = 0;
      for (;;) {
        const { rows } = await pool.query<{ id: number; input: Row; prediction: number }>(
          `select id, input, prediction from predictions
           where project = $1 and variant = $2 and created_at >= $3 and created_at < $4 and id > $5 and not shadow
           order by id limit $6`,
          [project, variant, start, end, after, pageSize],
        );
        if (rows.length > 0) yield rows;
        if (rows.length < pageSize) return;
        after = rows.at(-1)!.id;
      }
    },

    async outcomes(project, version, { start, end }, classes = []) {
      const told = classes.length > 0 ? 'actual_class' : 'actual_price';
      const [now, first] = await Promise.all([
        pool.query<OutcomeRow>(`${OUTCOMES} and created_at >= $5 and created_at < $6 group by type`, [
          project,
          version,
          classes,
          told,
          start,
          end,
        ]),
        pool.query<OutcomeRow>(
          `${OUTCOMES} and type = 'rating' and created_at < $5 and created_at < $6::timestamptz + make_interval(days => $7) group by type`,
          [project, version, classes, told, start, await deployedAt(pool, project, version), REFERENCE_DAYS],
        ),
      ]);
      const moments = (rows: OutcomeRow[], type: string) => {
        const row = rows.find((candidate) => candidate.type === type);
        return row ? { n: row.n, mean: row.mean, std: row.std ?? 0 } : null;
      };
      return {
        error: moments(now.rows, told),
        ratings: moments(now.rows, 'rating'),
        ratingsReference: moments(first.rows, 'rating'),
      };
    },
  };
}
