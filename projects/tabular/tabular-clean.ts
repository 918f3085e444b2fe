import { type CleaningRule, removeRows } from '../../core/dataset/clean-rows.js';
import { cleanTable } from '../../core/dataset/clean-table.js';
import { SOURCE_COLUMN } from '../../core/dataset/feedback-rows.js';
import type { CleanedDataset } from '../../core/dataset/profile.js';
import type { Row, Value } from '../../core/dataset/row.js';
import { headerOf, type TabularColumn, type TabularTarget } from './column.js';
import { readCell, readChoice, readNumber } from './read-cell.js';

/** A row on its way: `unreadable` are the columns whose cell is neither a value of theirs nor missing. */
interface Draft {
  readonly row: Row;
  readonly unreadable: readonly string[];
}

function readTarget(cell: string, target: TabularTarget): Value {
  if (target.kind === 'number') return readNumber(cell) ?? null;
  // a class may be called "none" or "-": only what no class is called counts as missing
  return readChoice(cell, target.classes) ?? null;
}

function draftFrom(
  cells: Readonly<Record<string, string>>,
  columns: readonly TabularColumn[],
  target: TabularTarget,
): Draft {
  const unreadable: string[] = [];
  const row: Record<string, Value> = {};
  for (const column of columns) {
    const value = readCell(cells[headerOf(column)]!, column);
    if (value === undefined) unreadable.push(column.name);
    row[column.name] = value ?? null;
  }
  row[target.name] = readTarget(cells[headerOf(target)]!, target);
  row[SOURCE_COLUMN] = 'raw';
  return { row, unreadable };
}

function rules(columns: readonly TabularColumn[], target: TabularTarget): CleaningRule<Draft>[] {
  const asks = target.kind === 'class' ? `one of ${target.classes.slice(0, 20).join(', ')}` : 'a number';
  const required = columns.filter((column) => !column.optional);
  const optional = new Set(columns.filter((column) => column.optional).map(({ name }) => name));
  return [
    removeRows('target_unusable', `${target.name} is empty or not ${asks}`, ({ row }) => row[target.name] === null),
    {
      rule: 'unreadable_to_missing',
      reason: 'a value that an optional column does not allow counts as not known',
      apply: (drafts) => ({
        rows: drafts,
        changed: drafts.filter(({ unreadable }) => unreadable.some((name) => optional.has(name))).length,
      }),
    },
    ...required.map(({ name }) =>
      removeRows<Draft>(`missing_${name}`, `${name} is empty or not what it may be`, ({ row }) => row[name] === null),
    ),
  ];
}

/**
 * Raw CSV text of a table → clean training rows with a report of every rule. Columns that are not declared are ignored.
 *
 * @param feedback rows that are clean already: requests with the value reported for them
 * @throws {DatasetInvalidError} when a column is missing, the text is no table, or no row is left
 */
export function tabularClean(
  columns: readonly TabularColumn[],
  target: TabularTarget,
  rawCsv: string,
  feedback: readonly Row[] = [],
): CleanedDataset<Row> {
  return cleanTable(rawCsv, feedback, {
    rawColumns: [...columns, target].map(headerOf),
    draftFromRaw: (cells) => draftFrom(cells, columns, target),
    draftFromFeedback: (row) => ({ row, unreadable: [] }),
    rules: rules(columns, target),
    toRow: ({ row }) => row,
    columns: [...columns.map(({ name }) => name), target.name, SOURCE_COLUMN],
  });
}
