import type { Row } from '../dataset/row.js';
import type { SliceColumn } from './gate-settings.js';

/** Held-out rows that have one value in common. */
export interface Slice {
  readonly column: string;
  readonly value: string;
  /** Positions of its rows, ascending. */
  readonly rows: Uint32Array;
}

/**
 * The groups of rows by the values of each column; rows without a value are in none.
 *
 * @param minRows smaller groups are left out
 */
export function slicesOf(rows: readonly Row[], by: readonly SliceColumn[], minRows: number): Slice[] {
  return by.flatMap(({ column, largest = Number.POSITIVE_INFINITY }) => {
    const groups = new Map<string, number[]>();
    rows.forEach((row, i) => {
      const value = row[column] ?? null;
      if (value === null) return;
      const group = groups.get(String(value));
      if (group) group.push(i);
      else groups.set(String(value), [i]);
    });
    return [...groups]
      .filter(([, group]) => group.length >= minRows)
      .sort(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1))
      .slice(0, largest)
      .map(([value, group]) => ({ column, value, rows: Uint32Array.from(group) }));
  });
}
