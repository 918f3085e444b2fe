import { CsvError, parse } from 'csv-parse/sync';
import { MAX_ROW_LENGTH } from '../core/dataset/parse-csv.js';
import { DatasetInvalidError } from '../core/errors.js';

/** More inputs than this are no form that anybody fills in; a model of them wants a project written by hand. */
const MAX_COLUMNS = 500;

/** A CSV file as it stands: cells by column. */
export interface Table {
  readonly headers: readonly string[];
  /** One list of cells for each column, all of the same length. */
  readonly columns: readonly (readonly string[])[];
  readonly rows: number;
}

function parsed(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, max_record_size: MAX_ROW_LENGTH });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DatasetInvalidError(`row ${Number(error.records ?? 0) + 1}: ${error.message}`, { cause: error });
  }
}

/**
 * @throws {DatasetInvalidError} when the text is no table with a header, at least two columns and one row, or has more
 *   columns than are taken
 */
export function readTable(text: string): Table {
  if (text.trim() === '' || text === '\uFEFF') throw new DatasetInvalidError('the file is empty');
  if (text.includes('\0')) throw new DatasetInvalidError('the file is not CSV text: it holds NUL characters');
  const [head = [], ...body] = parsed(text);
  const headers = head.map((name) => name.trim());
  if (headers.length < 2) {
    const hint = /[;\t|]/.test(headers[0] ?? '') ? ' (columns are separated by commas)' : '';
    throw new DatasetInvalidError(
      `the file has one column${hint}: a target and something to predict it from are needed`,
    );
  }
  if (headers.length > MAX_COLUMNS) {
    throw new DatasetInvalidError(
      `the file has ${headers.length} columns, at most ${MAX_COLUMNS} are taken: keep those that matter`,
    );
  }
  const twice = headers.find((name, i) => headers.indexOf(name) !== i);
  if (twice !== undefined) throw new DatasetInvalidError(`the column ${JSON.stringify(twice)} appears twice`);
  if (headers.includes('')) throw new DatasetInvalidError(`column ${headers.indexOf('') + 1} has no name`);
  if (body.length === 0) throw new DatasetInvalidError('the file has a header and no rows');
  return { headers, columns: headers.map((_, c) => body.map((cells) => cells[c]!)), rows: body.length };
}
