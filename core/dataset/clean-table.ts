import { DatasetInvalidError } from '../errors.js';
import { type CleaningRule, cleanRows } from './clean-rows.js';
import { parseCsv } from './parse-csv.js';
import type { CleanedDataset } from './profile.js';
import { profileColumns } from './profile-rows.js';
import type { Row } from './row.js';

/** How the raw file of a project becomes training rows; `D` is a row on its way. */
export interface TableCleaning<C extends string, D, R extends Row> {
  /** Columns that the file must have. */
  readonly rawColumns: readonly C[];
  readonly draftFromRaw: (cells: Readonly<Record<C, string>>) => D;
  readonly draftFromFeedback: (row: Row) => D;
  readonly rules: readonly CleaningRule<D>[];
  /** Of a draft that all rules left. */
  readonly toRow: (draft: D) => R;
  /** Columns of the snapshot, which the profile describes. */
  readonly columns: readonly string[];
}

/**
 * Raw CSV text and feedback rows → clean training rows with a report of every rule.
 *
 * @throws {DatasetInvalidError} when the text is not of the raw format, or no row is left
 */
export function cleanTable<C extends string, D, R extends Row>(
  rawCsv: string,
  feedback: readonly Row[],
  { rawColumns, draftFromRaw, draftFromFeedback, rules, toRow, columns }: TableCleaning<C, D, R>,
): CleanedDataset<R> {
  const { records, unexpected } = parseCsv(rawCsv, rawColumns);
  const drafts = [...records.map(draftFromRaw), ...feedback.map(draftFromFeedback)];
  const { rows: kept, steps } = cleanRows(drafts, rules);
  if (kept.length === 0) {
    const reasons = steps.filter(({ removed }) => removed > 0).map(({ rule, removed }) => `${rule} ${removed}`);
    throw new DatasetInvalidError(`no row is left of ${drafts.length} after cleaning: ${reasons.join(', ')}`);
  }
  const rows = kept.map(toRow);
  return {
    rows,
    profile: {
      rawRows: records.length,
      feedbackRows: feedback.length,
      ignoredColumns: unexpected,
      rows: rows.length,
      cleaning: steps,
      columns: profileColumns(rows, columns),
    },
  };
}
