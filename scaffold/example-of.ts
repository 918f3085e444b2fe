import type { TabularColumn } from '../projects/tabular/column.js';
import { readCell } from '../projects/tabular/read-cell.js';
import type { Table } from './read-table.js';

/** A row of the file as somebody would ask about it: the first in which everything that is needed can be read. */
export function exampleOf(
  { columns: cells, rows }: Table,
  names: readonly string[],
  columns: readonly TabularColumn[],
): Readonly<Record<string, unknown>> {
  const at = columns.map(({ name }) => names.indexOf(name));
  const valueAt = (row: number, c: number) => readCell(cells[at[c]!]![row]!, columns[c]!) ?? null;
  const complete = (row: number) => columns.every((column, c) => column.optional || valueAt(row, c) !== null);
  const row = Array.from({ length: rows }, (_, r) => r).find(complete) ?? 0;
  const values = columns.map((column, c) => {
    // a date is a number of days for the model and a text for people
    const value = column.kind === 'date' ? cells[at[c]!]![row]!.trim() : valueAt(row, c);
    return [column.name, value] as const;
  });
  const given = values.filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(given);
}
