import type { Row } from '../../core/dataset/row.js';
import { compileEncoder } from '../../core/features/compile-encoder.js';
import type { EncoderPlan } from '../../core/features/encoder-plan.js';
import type { Forest } from '../../core/forest/forest.js';
import { predictRow } from '../../core/forest/predict-row.js';

const ROUNDS = 5;
const ROWS_A_ROUND = 1_000;

/**
 * Mean time to encode and predict one row, in microseconds: the best of several rounds, so that neither the compiler's
 * warming up nor a busy machine is held against the model.
 */
export function measureLatencyUs(encoder: EncoderPlan, forest: Forest, rows: readonly Row[]): number {
  const encode = compileEncoder(encoder);
  const encoded = new Float64Array(encoder.columns.length);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let i = 0; i < ROWS_A_ROUND; i++) {
      encode(rows[i % rows.length]!, encoded);
      predictRow(forest, encoded);
    }
    best = Math.min(best, ((performance.now() - started) * 1_000) / ROWS_A_ROUND);
  }
  return best;
}
