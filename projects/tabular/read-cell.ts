import { categoryKey } from '../../core/dataset/category-key.js';
import type { Value } from '../../core/dataset/row.js';
import type { TabularColumn } from './column.js';

/** A value of a file, or undefined when it is not what the column holds. */
type Read = Value | undefined;

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-']);
const DAY_MS = 86_400_000;

/** Whether a cell stands for "not known", whatever the tool that wrote it calls that. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}

/** A plain decimal number, also with commas between thousands; undefined for anything else. */
export function readNumber(cell: string): number | undefined {
  const text = cell.trim();
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`, with `/` for `-`, with or without a time; undefined for anything else. */
export function readDate(cell: string): number | undefined {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})([T ]\d{2}:\d{2}.*)?$/.exec(cell.trim());
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? time / DAY_MS : undefined;
}

/** One of the words of a list, whatever its case and spacing. */
export function readChoice(cell: string, choices: readonly string[]): string | undefined {
  const text = cell.trim();
  if (choices.includes(text)) return text;
  const key = categoryKey(text);
  return choices.find((choice) => categoryKey(choice) === key);
}

/** A cell as the column's value: null when missing, undefined when it is something else. */
export function readCell(cell: string, column: TabularColumn): Read {
  if (column.kind === 'category' && column.categories.includes(cell.trim())) return cell.trim();
  if (isMissing(cell)) return null;
  switch (column.kind) {
    case 'number': {
      const value = readNumber(cell);
      const fits = value !== undefined && value >= column.min && value <= column.max;
      return fits && !(column.integer && !Number.isInteger(value)) ? value : undefined;
    }
    case 'category':
      return readChoice(cell, column.categories);
    case 'text':
      return cell.trim().slice(0, 200);
    case 'date':
      return readDate(cell);
  }
}
