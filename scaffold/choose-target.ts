import { DatasetInvalidError, InvalidInputError } from '../core/errors.js';
import type { TabularTarget } from '../projects/tabular/column.js';
import { isMissing, readNumber } from '../projects/tabular/read-cell.js';
import type { Table } from './read-table.js';

export type Task = 'regression' | 'classification';

/** Up to so many whole numbers are taken for classes unless the task is named. */
const FEW_NUMBERS = 10;
const MOST_CLASSES = 50;
/** A class needs rows to learn from and rows to be judged on. */
const LEAST_ROWS_OF_A_CLASS = 5;
const LEAST_ROWS = 50;

/** The target's place in the table: by its exact name, else by its letters. */
export function findTarget({ headers }: Table, wanted: string): number {
  const exact = headers.indexOf(wanted.trim());
  if (exact >= 0) return exact;
  const alike = headers.flatMap((name, i) => (name.toLowerCase() === wanted.trim().toLowerCase() ? [i] : []));
  if (alike.length === 1) return alike[0]!;
  const shown = headers.slice(0, 30).join(', ');
  throw new InvalidInputError(
    `there is no column '${wanted}'; the file has: ${shown}${headers.length > 30 ? `, and ${headers.length - 30} more` : ''}`,
  );
}

function countWords(cells: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function chooseClasses(header: string, present: readonly string[], numeric: boolean): readonly string[] {
  const counts = countWords(present);
  const classes = [...counts].filter(([, count]) => count >= LEAST_ROWS_OF_A_CLASS).map(([word]) => word);
  if (classes.length < 2) {
    throw new DatasetInvalidError(
      `the target '${header}' has ${classes.length === 0 ? 'no class' : `one class ('${classes[0]}')`} with ${LEAST_ROWS_OF_A_CLASS} rows or more: at least two are needed`,
    );
  }
  if (classes.length > MOST_CLASSES) {
    throw new DatasetInvalidError(
      `the target '${header}' has ${classes.length} classes, at most ${MOST_CLASSES} are taken${numeric ? ': is it a number to be predicted? Then say --task regression' : ''}`,
    );
  }
  return numeric ? classes.sort((a, b) => Number(a) - Number(b)) : classes.sort();
}

/**
 * What is predicted, from the cells of its column.
 *
 * @param name what the column is called in the project
 * @throws {DatasetInvalidError} when the target is missing, constant, has one class or too many, or too few rows have it
 */
export function chooseTarget(header: string, name: string, cells: readonly string[], task?: Task): TabularTarget {
  const present = cells.map((cell) => cell.trim()).filter((cell) => !isMissing(cell));
  if (present.length === 0) throw new DatasetInvalidError(`the target '${header}' is empty in every row`);
  const words = new Set(present);
  if (words.size === 1) {
    throw new DatasetInvalidError(
      `the target '${header}' is '${present[0]}' in every row: there is nothing to predict`,
    );
  }
  if (present.length < LEAST_ROWS) {
    throw new DatasetInvalidError(`${present.length} rows have a target, at least ${LEAST_ROWS} are needed`);
  }
  const numbers = present.map(readNumber).filter((value) => value !== undefined);
  const numeric = numbers.length >= 0.95 * present.length;
  if (task === 'regression' && !numeric) {
    throw new DatasetInvalidError(
      `the target '${header}' holds text ('${present.find((cell) => readNumber(cell) === undefined)}'): a regression predicts numbers`,
    );
  }
  const isNumber = task
    ? task === 'regression'
    : numeric && (words.size > FEW_NUMBERS || !numbers.every(Number.isInteger));
  const headed = header === name ? { name } : { name, header };
  if (isNumber) return { ...headed, kind: 'number', unit: name };
  return { ...headed, kind: 'class', classes: chooseClasses(header, present, numeric) };
}
