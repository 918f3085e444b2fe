import type { Row } from '../dataset/row.js';
import { type FieldProblem, InvalidInputError } from '../errors.js';
import { compileEncoder } from './compile-encoder.js';
import type { EncoderPlan } from './encoder-plan.js';

/** Column-major: the value of row r in column c is `data[c * rows + r]`. NaN = missing. */
export interface EncodedRows {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Encodes many rows for training or batch prediction. */
export function encodeRows(plan: EncoderPlan, rows: readonly Row[]): EncodedRows {
  const encode = compileEncoder(plan);
  const columns = plan.columns.length;
  const data = new Float64Array(rows.length * columns);
  const one = new Float64Array(columns);
  for (const [r, row] of rows.entries()) {
    encode(row, one);
    for (let c = 0; c < columns; c++) data[c * rows.length + r] = one[c]!;
  }
  return { data, rows: rows.length, columns };
}

/**
 * Encodes a single row. For more than a few rows of one plan, `compileEncoder` saves building the tables each time.
 *
 * @param out shape (features,), written in place
 * @param warnings receives unknown categories and numbers outside of the training range
 * @throws {InvalidInputError} when `out` has another length
 */
export function encodeRow(plan: EncoderPlan, row: Row, out: Float64Array, warnings?: FieldProblem[]): void {
  if (out.length !== plan.columns.length) {
    throw new InvalidInputError(`expected shape (${plan.columns.length},), got (${out.length},)`);
  }
  compileEncoder(plan)(row, out, warnings);
}
