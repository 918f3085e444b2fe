import type { Row } from '../dataset/row.js';
import { type SplitRows, splitRows } from '../dataset/split-rows.js';
import type { ModelProject } from '../project.js';

/** Which rows are held out never changes, so that an incumbent and a candidate are compared on rows that neither saw. */
const SPLIT_SEED = 0;

/** The rows a project's models are trained on and those they are judged on; each class is in both in its proportion. */
export function holdOutRows(
  { task, target, training }: Pick<ModelProject, 'task' | 'target' | 'training'>,
  rows: readonly Row[],
): SplitRows<Row> {
  const stratum = task === 'classification' ? (row: Row) => String(row[target.column] ?? '') : undefined;
  return splitRows(rows, training.testRatio, SPLIT_SEED, stratum);
}
