import { InvalidInputError } from '../errors.js';

/** A column-major matrix: the value of row r in column c is `data[c * rows + r]`. NaN = missing. */
export interface Matrix {
  readonly data: Float64Array | Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Most columns a forest can be grown on: feature indices are 16 bits and 65,535 marks a leaf. */
export const MAX_COLUMNS = 65_534;

/** @throws {InvalidInputError} when X is empty or its data do not fill its shape */
export function checkShape(X: Matrix): void {
  const { data, rows, columns } = X;
  if (!Number.isInteger(rows) || rows < 1) throw new InvalidInputError(`X must have at least one row, got ${rows}`);
  if (!Number.isInteger(columns) || columns < 1 || columns > MAX_COLUMNS) {
    throw new InvalidInputError(`X must have 1 to ${MAX_COLUMNS} columns, got ${columns}`);
  }
  if (data.length !== rows * columns) {
    throw new InvalidInputError(`X of shape (${rows}, ${columns}) needs ${rows * columns} values, got ${data.length}`);
  }
}

/** Rows of equal length → a column-major matrix. */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, r) => {
    if (row.length !== columns) {
      throw new InvalidInputError(`row ${r} has ${row.length} values, the first row has ${columns}`);
    }
    for (let c = 0; c < columns; c++) data[c * rows.length + r] = row[c]!;
  });
  return { data, rows: rows.length, columns };
}
