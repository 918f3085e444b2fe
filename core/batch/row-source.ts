/** A row as it was read: its values in the order of the wanted columns, or why it could not be read. */
export type ReadRow = readonly unknown[] | string;

/** Takes a document in pieces and gives its rows. */
export interface RowSource {
  /** @returns the rows that are complete now */
  push(text: string): ReadRow[];
  /** The document has ended. @returns what was not complete before */
  end(): ReadRow[];
}

/** Characters that one row may have: a file without line ends is no table. */
export const MAX_ROW_CHARACTERS = 1_000_000;

/** A row by name, or as a list in order → values in the order of the columns. Anything else is a row of nothing. */
export function valuesOf(value: unknown, columns: readonly string[]): unknown[] {
  if (Array.isArray(value)) return columns.map((_, i) => value[i]);
  if (typeof value !== 'object' || value === null) return [];
  return columns.map((name) => (Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined));
}

/** A line of nothing but white space is no row. */
export function isBlank(line: string): boolean {
  return !/[^\t\n\v\f\r ]/.test(line);
}
