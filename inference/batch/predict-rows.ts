import { predictBatch } from '../../core/forest/predict-batch.js';
import type { ServedModel } from '../model/served-model.js';
import type { RowChecker } from './row-checker.js';
import type { RowWriter } from './row-writer.js';

/** Rows predicted in one go: other requests are served between two blocks. */
export const BLOCK_ROWS = 512;

export interface BlockCounts {
  readonly refused: number;
  readonly text: string;
}

/** Predicts blocks of rows of one model. */
export function createBlockPredictor(model: ServedModel, checker: RowChecker, writer: RowWriter) {
  const columns = model.plan.columns.length;
  const one = new Float64Array(columns);
  const gathered = new Float64Array(BLOCK_ROWS * columns);
  const predictions = new Float64Array(BLOCK_ROWS);
  const reasons: (string | null)[] = new Array(BLOCK_ROWS).fill(null);

  /** @param first number of the first row */
  return (rows: readonly (readonly unknown[])[], from: number, count: number, first: number): BlockCounts => {
    let valid = 0;
    for (let i = 0; i < count; i++) {
      const row = checker.check(rows[from + i]!);
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
