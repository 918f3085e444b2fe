import { InvalidInputError } from '../errors.js';
import { isBlank, MAX_ROW_CHARACTERS, type ReadRow, type RowSource } from './row-source.js';

function invalid(message: string): InvalidInputError {
  return new InvalidInputError(message, [{ field: 'body', message }]);
}

/** Finds where records end in a text: at a newline that is not within quotes. */
function recordEnds(text: string): (from: number) => number {
  let quote = text.indexOf('"');
  return (from) => {
    let at = from;
    for (;;) {
      const newline = text.indexOf('\n', at);
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      if (newline < 0 || quote < 0 || newline < quote) return newline + 1; // 0 = incomplete
      const close = text.indexOf('"', quote + 1);
      if (close < 0) return 0;
      at = close + 1;
    }
  };
}

function withoutLineEnd(record: string): string {
  const end = record.endsWith('\n') ? record.length - 1 : record.length;
  return record.slice(0, record[end - 1] === '\r' ? end - 1 : end);
}

const UNCLOSED = 'a quote is never closed';

/** Fields of one record, quoted ones (RFC 4180) among them; null when a quote is never closed. */
function fieldsOf(record: string): string[] | null {
  if (!record.includes('"')) return record.split(',');
  const fields: string[] = [];
  let at = 0;
  while (at <= record.length) {
    if (record[at] === '"') {
      let value = '';
      for (;;) {
        const close = record.indexOf('"', at + 1);
        if (close < 0) return null;
        value += record.slice(at + 1, close);
        at = close + 1;
        if (record[at] !== '"') break;
        value += '"';
      }
      const comma = record.indexOf(',', at);
      fields.push(value);
      at = comma < 0 ? record.length + 1 : comma + 1;
    } else {
      const comma = record.indexOf(',', at);
      fields.push(record.slice(at, comma < 0 ? record.length : comma));
      at = comma < 0 ? record.length + 1 : comma + 1;
    }
  }
  return fields;
}

/**
 * CSV with a header, in pieces. Columns may come in any order; those that are not wanted are left out.
 *
 * @param wanted names of the columns
 * @param needed those that must be there
 * @throws {InvalidInputError} when the header lacks one or has one twice
 */
export function csvRows(wanted: readonly string[], needed: readonly string[]): RowSource {
  let rest = '';
  let places: number[] | undefined;

  function readHeader(record: string): number[] {
    const fields = fieldsOf(record.replace(/^\ufeff/, ''));
    if (!fields) throw invalid(UNCLOSED);
    const names = fields.map((name) => name.trim());
    const missing = needed.filter((name) => !names.includes(name));
    if (missing.length > 0) {
      throw invalid(`the header lacks ${missing.join(', ')}; it has ${names.join(', ').slice(0, 200)}`);
    }
    const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice !== undefined) throw invalid(`the header has ${twice} twice`);
    return wanted.map((name) => names.indexOf(name));
  }

  function take(record: string, rows: ReadRow[]): void {
    const line = withoutLineEnd(record);
    if (isBlank(line)) return;
    if (!places) {
      places = readHeader(line);
      return;
    }
    const fields = fieldsOf(line);
    if (!fields) {
      rows.push(UNCLOSED);
      return;
    }
    const row = new Array<unknown>(places.length);
    for (let i = 0; i < places.length; i++) row[i] = places[i]! < 0 ? undefined : fields[places[i]!];
    rows.push(row);
  }

  return {
    push(text) {
      const all = rest === '' ? text : rest + text;
      const rows: ReadRow[] = [];
      const endOf = recordEnds(all);
      let from = 0;
      for (;;) {
        const end = endOf(from);
        if (end === 0) break;
        take(all.slice(from, end), rows);
        from = end;
      }
      rest = from === 0 ? all : all.slice(from);
      if (rest.length > MAX_ROW_CHARACTERS) {
        throw invalid(`a row has more than ${MAX_ROW_CHARACTERS} characters`);
      }
      return rows;
    },
    end() {
      const rows: ReadRow[] = [];
      take(rest, rows);
      if (!places) throw invalid('the file is empty: its first line must name the columns');
      return rows;
    },
  };
}
