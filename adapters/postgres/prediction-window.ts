import type { Pool } from 'pg';
import type { PredictionReader } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';

/** Reads predictions of a time window by id, a page at a time, so that ten million rows never sit in memory. */
export function createPredictionReader(pool: Pool): PredictionReader {
  return {
    async *pages(project, variant, { start, end }, pageSize) {
      let after = 0;
      for (;;) {
        const { rows } = await pool.query<{ id: number; input: Row; prediction: number }>(
          `select id, input, prediction from predictions
           where project = $1 and variant = $2 and created_at >= $3 and created_at < $4 and id > $5
           order by id limit $6`,
          [project, variant, start, end, after, pageSize],
        );
        if (rows.length > 0) yield rows;
        if (rows.length < pageSize) return;
        after = rows.at(-1)!.id;
      }
    },
  };
}
