import { parse } from 'csv-parse/sync';
import { DatasetInvalidError, InvalidInputError } from '../errors.js';
import type { Row, Value } from './row.js';

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

function cell(value: Value | undefined, column: string): string {
  if (value === undefined) throw new InvalidInputError(`a row has no column '${column}'`);
  if (value === null) return '';
  if (typeof value === 'string') return quote(value);
  if (!Number.isFinite(value))
    throw new InvalidInputError(`column '${column}' holds ${value}, which a snapshot cannot keep`);
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Rows → `train_V{n}.csv`. Text is always quoted, numbers never (in the shortest form that reads back to the same
 * number), missing cells are empty: so reading gives back exactly what was written.
 *
 * @throws {InvalidInputError} when a row lacks a column or holds a number that is not finite
 */
export function toSnapshotCsv(rows: readonly Row[], columns: readonly string[]): string {
  const lines = [columns.map(quote).join(',')];
  for (const row of rows) lines.push(columns.map((column) => cell(row[column], column)).join(','));
  return `${lines.join('\n')}\n`;
}

/**
 * `train_V{n}.csv` → rows, the inverse of `toSnapshotCsv`.
 *
 * @throws {DatasetInvalidError} when the text is not what `toSnapshotCsv` writes
 */
export function fromSnapshotCsv(text: string): Row[] {
  try {
    return parse(text, {
      columns: true,
      delimiter: ',',
      record_delimiter: '\n',
      cast: (value, { quoting, header, lines }) => {
        if (quoting || header) return value;
        if (value === '') return null;
        const number = Number(value);
        if (!Number.isFinite(number)) throw new Error(`line ${lines}: '${value.slice(0, 60)}' is not a number`);
        return number;
      },
    }) as Row[];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetInvalidError(`not a training snapshot: ${reason}`, { cause: error });
  }
}
