import { CsvError, parse } from 'csv-parse/sync';
import { DatasetInvalidError } from '../errors.js';

/** Longer rows are no table: a binary file, or a quotation mark that is never closed. Characters. */
export const MAX_ROW_LENGTH = 1_000_000;

/** Cells by column, as text, trimmed of nothing. `unexpected` are header names beyond those asked for; they are not read. */
export interface RawTable<C extends string> {
  readonly records: readonly Readonly<Record<C, string>>[];
  readonly unexpected: readonly string[];
}

/** @throws {DatasetInvalidError} naming the missing and the unexpected columns */
function readHeader<C extends string>(header: readonly string[], columns: readonly C[]): readonly string[] {
  const names = header.map((name) => name.trim());
  const list = (items: readonly string[]) => items.map((item) => JSON.stringify(item.slice(0, 60))).join(', ');
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DatasetInvalidError(`row 1: the column ${list([twice])} appears twice`);
  const missing = columns.filter((column) => !names.includes(column));
  const unexpected = names.filter((name) => !columns.includes(name as C));
  if (missing.length > 0) {
    const extra = unexpected.length > 0 ? `; unexpected: ${list(unexpected.slice(0, 20))}` : '';
    throw new DatasetInvalidError(
      `row 1: wrong columns, missing: ${list(missing)}${extra}; expected: ${columns.join(', ')}`,
    );
  }
  return names;
}

function translate(error: unknown): never {
  if (!(error instanceof CsvError)) throw error;
  const row = Number(error.records ?? 0) + 1;
  const detail =
    error.code === 'CSV_MAX_RECORD_SIZE'
      ? `longer than ${MAX_ROW_LENGTH} characters`
      : error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark is opened and never closed'
        : error.message;
  throw new DatasetInvalidError(`row ${row}: ${detail}`, { cause: error });
}

/**
 * Raw CSV text → cells of the columns asked for, in any order in the file. RFC 4180 quoting, LF or CRLF, byte order mark.
 * Row numbers in messages count records with the header as row 1.
 *
 * @throws {DatasetInvalidError} when the text is empty, binary, has a header only or the wrong columns, a row with another
 *   number of cells than the header, or a row longer than `MAX_ROW_LENGTH`
 */
export function parseCsv<C extends string>(text: string, columns: readonly C[]): RawTable<C> {
  if (text.trim() === '' || text === '\uFEFF') throw new DatasetInvalidError('the file is empty');
  if (text.includes('\0')) throw new DatasetInvalidError('the file is not CSV text: it holds NUL characters');
  let table: string[][];
  try {
    table = parse(text, { bom: true, skip_empty_lines: true, max_record_size: MAX_ROW_LENGTH });
  } catch (error) {
    return translate(error);
  }
  const names = readHeader(table[0] ?? [], columns);
  if (table.length < 2) throw new DatasetInvalidError('the file has a header and no rows');
  const positions = columns.map((column) => names.indexOf(column));
  const records = table.slice(1).map((cells) => {
    // fromEntries makes own properties of any name, also of one such as __proto__
    return Object.fromEntries(columns.map((column, i) => [column, cells[positions[i]!]!])) as Record<C, string>;
  });
  return { records, unexpected: names.filter((name) => !columns.includes(name as C)) };
}
