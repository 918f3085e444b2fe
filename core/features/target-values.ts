import type { Row } from '../dataset/row.js';
import { DatasetInvalidError } from '../errors.js';

/**
 * The target column of training rows, shape (n,).
 *
 * @throws {DatasetInvalidError} when a row has no finite number there
 */
export function targetValues(rows: readonly Row[], column: string): Float64Array {
  const y = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const value = row[column];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new DatasetInvalidError(`row ${i + 1}: the target '${column}' must be a finite number, got ${value}`);
    }
    y[i] = value;
  }
  return y;
}
