import { InvalidInputError } from '../errors.js';
import { chiSquareTail } from './chi-square-tail.js';
import type { ChiSquareResult } from './test-result.js';

/**
 * Pearson's χ² of independence in a table, without continuity correction, df = (rows − 1)(columns − 1).
 * Rows and columns without any count say nothing and are left out; a table with one row or column left has p = 1.
 *
 * @param table counts, shape (r, c), r ≥ 1, c ≥ 1, every row as long as the first
 * @returns `expected` over the kept cells, row by row
 * @throws {InvalidInputError} if the table is ragged, empty, or holds a negative count
 */
export function chiSquareContingency(table: readonly (readonly number[])[]): ChiSquareResult {
  const width = table[0]?.length ?? 0;
  if (width === 0 || table.some((row) => row.length !== width)) {
    throw new InvalidInputError(
      `expected a table of shape (r, c), got rows of ${table.map((row) => row.length).join(', ')}`,
    );
  }
  if (!table.every((row) => row.every((count) => count >= 0))) throw new InvalidInputError('counts must be at least 0');
  const rowSums = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnSums = Array.from({ length: width }, (_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
  const total = rowSums.reduce((sum, count) => sum + count, 0);
  const expected: number[] = [];
  let statistic = 0;
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const cell = (rowSums[i]! * columnSums[j]!) / total;
      if (!(cell > 0)) continue;
      expected.push(cell);
      statistic += (count - cell) ** 2 / cell;
    }
  }
  const filled = (sums: number[]) => sums.filter((sum) => sum > 0).length;
  const df = Math.max(0, (filled(rowSums) - 1) * (filled(columnSums) - 1));
  return { statistic, df, pValue: df === 0 ? 1 : chiSquareTail(statistic, df), expected };
}
