import type { Row } from './row.js';

/** Name of the snapshot column that says where a row came from. */
export const SOURCE_COLUMN = 'source';

type RowSource = 'raw' | 'feedback';

/** A prediction's input together with the true value that a user reported for it (feedback of type `actual_price` or `actual_class`). */
export interface ActualValue {
  readonly input: Row;
  readonly actual: number | string;
}

/**
 * Reported true values → training rows of source `feedback`, with exactly the given columns. Numbers that are
 * not above zero or not finite are left out. The rows then go through the same cleaning as the raw ones: a careless or malicious
 * report is an outlier like any other.
 *
 * @param inputColumns columns of the project's input; one that an input lacks becomes null
 */
export function feedbackRows(actuals: readonly ActualValue[], inputColumns: readonly string[], target: string): Row[] {
  return actuals
    .filter(({ actual }) => typeof actual === 'string' || (Number.isFinite(actual) && actual > 0))
    .map(({ input, actual }) => ({
      ...Object.fromEntries(inputColumns.map((column) => [column, input[column] ?? null])),
      [target]: actual,
      [SOURCE_COLUMN]: 'feedback' satisfies RowSource,
    }));
}
