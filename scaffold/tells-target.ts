import { readNumber } from '../projects/tabular/read-cell.js';

/** Rows that may differ by mistake. */
const SAME = 0.995;

/** Each word of the column goes with one word of the target and the other way round: other names for the classes. */
function renames(cells: readonly string[], target: readonly string[]): boolean {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  for (const [i, cell] of cells.entries()) {
    const word = target[i]!;
    if ((there.get(cell) ?? word) !== word || (back.get(word) ?? cell) !== cell) return false;
    there.set(cell, word);
    back.set(word, cell);
  }
  return true;
}

/**
 * Whether a column says the target in other words, as a "Churn Value" beside a "Churn Label" does.
 *
 * @param cells of the column, with as many rows as `target`
 * @param isNumber whether the target is a number: then a column tells it only by being the same number
 */
export function tellsTarget(cells: readonly string[], target: readonly string[], isNumber: boolean): boolean {
  if (!isNumber) return renames(cells, target);
  const same = cells.filter((cell, i) => cell.trim() !== '' && readNumber(cell) === readNumber(target[i]!));
  return same.length >= SAME * cells.length;
}
