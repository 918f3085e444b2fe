import type { Row } from '../dataset/row.js';
import { DatasetInvalidError } from '../errors.js';
import type { ModelProject } from '../project.js';

const MOST_CLASSES = 1024;

/**
 * The labels of a classification project in the order of their class numbers: those declared, else those that occur,
 * numbers by size and text by its characters, so that the same data give the same numbers.
 *
 * @throws {DatasetInvalidError} when there are fewer than two or more than 1,024
 */
export function classLabels({ target }: Pick<ModelProject, 'target'>, rows: readonly Row[]): string[] {
  const found = [...new Set(rows.map((row) => row[target.column] ?? null))].filter((value) => value !== null);
  if (found.length < 2) {
    throw new DatasetInvalidError(
      `the target '${target.column}' has ${found.length === 0 ? 'no value' : `one class only, '${found[0]}'`}: at least two are needed`,
    );
  }
  if (target.classes !== undefined) return [...target.classes];
  if (found.length > MOST_CLASSES) {
    throw new DatasetInvalidError(
      `the target '${target.column}' has ${found.length} classes, at most ${MOST_CLASSES} can be told apart`,
    );
  }
  const numeric = found.every((value) => typeof value === 'number');
  const sorted = numeric ? found.sort((a, b) => Number(a) - Number(b)) : found.map(String).sort();
  return [...new Set(sorted.map(String))];
}
