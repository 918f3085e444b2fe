import { InvalidInputError } from '../errors.js';
import { isBlank, MAX_ROW_CHARACTERS, type ReadRow, type RowSource, valuesOf } from './row-source.js';

function read(line: string, columns: readonly string[]): ReadRow {
  try {
    return valuesOf(JSON.parse(line), columns);
  } catch (error) {
    return `not JSON: ${(error as Error).message.slice(0, 200)}`;
  }
}

/**
 * One JSON value per line, in pieces. A line that is not JSON is a row of its own, refused with the reason.
 *
 * @throws {InvalidInputError} when a line has no end
 */
export function jsonLineRows(columns: readonly string[]): RowSource {
  let rest = '';
  const take = (line: string) => (isBlank(line) ? [] : [read(line, columns)]);
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      if (rest.length > MAX_ROW_CHARACTERS) {
        const message = `a row has more than ${MAX_ROW_CHARACTERS} characters`;
        throw new InvalidInputError(message, [{ field: 'body', message }]);
      }
      return lines.flatMap(take);
    },
    end: () => take(rest),
  };
}
