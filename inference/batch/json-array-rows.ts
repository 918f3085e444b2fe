import { HttpProblem } from '../../adapters/http/problem.js';
import { MAX_ROW_CHARACTERS, type RowSource, valuesOf } from '../../core/batch/row-source.js';
import { InvalidInputError } from '../../core/errors.js';

function bad(message: string, cause?: unknown): HttpProblem {
  return new HttpProblem({ status: 400, code: 'BAD_JSON', message }, { cause });
}

function parse(text: string, row: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(`row ${row} is not JSON: ${(error as Error).message.slice(0, 200)}`, error);
  }
}

function checkLength(rest: string): void {
  if (rest.length <= MAX_ROW_CHARACTERS) return;
  const message = `a row has more than ${MAX_ROW_CHARACTERS} characters`;
  throw new InvalidInputError(message, [{ field: 'body', message }]);
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Follows one JSON array through its text and finds where its elements begin and end. */
export function jsonArrayRows(columns: readonly string[]): RowSource {
  let rest = '';
  let count = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let scanned = 0; // of rest
  let ended = false;

  const take = (text: string, rows: unknown[][], last: boolean) => {
    if (last && count === 0 && text.trim() === '') return; // an empty list
    rows.push(valuesOf(parse(text, ++count), columns));
  };

  return {
    push(text) {
      rest += text;
      const rows: unknown[][] = [];
      let start = 0;
      for (; scanned < rest.length; scanned++) {
        const code = rest.charCodeAt(scanned);
        if (inString) {
          if (escaped) escaped = false;
          else if (code === BACKSLASH) escaped = true;
          else if (code === QUOTE) inString = false;
          continue;
        }
        if (code <= 32) continue;
        if (ended) throw bad('there is text after the end of the list');
        if (depth === 0 && code !== 91) throw bad('the body must be a list of rows');
        if (code === QUOTE) inString = true;
        else if (code === 91 || code === 123) {
          if (depth++ === 0) start = scanned + 1;
        } else if (code === 93 || code === 125) {
          if (--depth === 0) {
            take(rest.slice(start, scanned), rows, true);
            start = scanned + 1;
            ended = true;
          }
        } else if (code === 44 && depth === 1) {
          take(rest.slice(start, scanned), rows, false);
          start = scanned + 1;
        }
      }
      rest = rest.slice(start);
      scanned = rest.length;
      checkLength(rest);
      return rows;
    },
    end() {
      if (!ended) throw bad('the list is not closed');
      return [];
    },
  };
}
