import type { Row } from '../dataset/row.js';
import type { EncoderPlan } from '../features/encoder-plan.js';
import type { Forest } from '../forest/forest.js';
import { predictBatch } from '../forest/predict-batch.js';
import type { RowChecker } from './row-checker.js';
import type { ReadRow } from './row-source.js';
import type { RowAnswers } from './row-writer.js';

/** Rows predicted in one go: other requests are served between two blocks. */
export const BLOCK_ROWS = 512;

export interface BlockCounts {
  readonly refused: number;
  readonly text: string;
}

/** What a table is predicted with. */
export interface BatchModel {
  readonly plan: EncoderPlan;
  readonly forest: Forest;
  /** The row as the forest sees it, into `out` of shape (features,). */
  encodeInto(row: Row, out: Float64Array): void;
}

/** Predicts blocks of rows of one model. */
export function createBlockPredictor(model: BatchModel, checker: RowChecker, writer: RowAnswers) {
  const columns = model.plan.columns.length;
  const one = new Float64Array(columns);
  const gathered = new Float64Array(BLOCK_ROWS * columns);
  const predictions = new Float64Array(BLOCK_ROWS);
  const reasons: (string | null)[] = new Array(BLOCK_ROWS).fill(null);

  /** @param first number of the first row */
  return (rows: readonly ReadRow[], from: number, count: number, first: number): BlockCounts => {
    let valid = 0;
    for (let i = 0; i < count; i++) {
      const read = rows[from + i]!;
      const row = typeof read === 'string' ? read : checker.check(read);
      reasons[i] = typeof row === 'string' ? row : null;
      if (typeof row === 'string') continue;
      model.encodeInto(row, one);
      for (let c = 0; c < columns; c++) gathered[c * BLOCK_ROWS + valid] = one[c]!;
      valid++;
    }
    const data = new Float64Array(valid * columns);
    for (let c = 0; c < columns; c++) data.set(gathered.subarray(c * BLOCK_ROWS, c * BLOCK_ROWS + valid), c * valid);
    if (valid > 0) predictBatch(model.forest, { data, rows: valid, columns }, predictions.subarray(0, valid));
    let text = '';
    let taken = 0;
    for (let i = 0; i < count; i++) {
      const reason = reasons[i];
      text += reason == null ? writer.answered(first + i, predictions[taken++]!) : writer.refused(first + i, reason);
    }
    return { refused: count - valid, text };
  };
}
