import type { Row } from '../dataset/row.js';
import { DatasetInvalidError } from '../errors.js';
import { targetValues } from '../features/target-values.js';
import type { ModelProject } from '../project.js';

/**
 * What a model learns from rows: the values of the target, or the numbers of its classes.
 *
 * @param labels the classes in the order of their numbers; empty for regression
 * @returns shape (rows,)
 * @throws {DatasetInvalidError} when a row has no usable target
 */
export function targetVector(
  { task, target }: Pick<ModelProject, 'task' | 'target'>,
  rows: readonly Row[],
  labels: readonly string[],
): Float64Array {
  if (task === 'regression') return targetValues(rows, target.column);
  const numbers = new Map(labels.map((label, k) => [label, k]));
  return Float64Array.from(rows, (row, i) => {
    const label = row[target.column] ?? null;
    const number = label === null ? undefined : numbers.get(String(label));
    if (number !== undefined) return number;
    throw new DatasetInvalidError(
      `row ${i + 1}: the target '${target.column}' is ${label === null ? 'missing' : `'${label}'`}, expected one of ${labels.slice(0, 20).join(', ')}`,
    );
  });
}
