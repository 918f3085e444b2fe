/** Takes a document in pieces and gives its rows as lists of values in the order of the wanted columns. */
export interface RowSource {
  /** @returns the rows that are complete now */
  push(text: string): unknown[][];
  /** The document has ended. @returns what was not complete before */
  end(): unknown[][];
}

/** Characters that one row may have: a file without line ends is no table. */
export const MAX_ROW_CHARACTERS = 1_000_000;
