import { isMissing, readDate, readNumber } from '../projects/tabular/read-cell.js';

/** What a column seems to hold. `reason` says why one is left out. */
export type Finding = { readonly missing: number; readonly distinct: number } & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly integer: boolean }
  | { readonly kind: 'category'; readonly categories: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
  | { readonly kind: 'left-out'; readonly reason: string }
);

/** So many cells must be read as a number or date before the others count as mistakes. */
const SHARE = 0.95;
const MOST_CATEGORIES = 30;
/** Fewer rows than this say nothing of a column by all being different. */
const FEW = 20;

/** Whole numbers that count the rows up, in whatever order. */
function countsRows(values: readonly number[]): boolean {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.every((value, i) => value === sorted[0]! + i);
}

const namedAsKey = (header: string) =>
  /(^|[\s_-])(id|key|uuid|guid|index|no|nr)\.?$|[a-z](Id|ID)$/i.test(header.trim());

function findNumber(
  header: string,
  numbers: readonly number[],
  common: Pick<Finding, 'missing' | 'distinct'>,
): Finding {
  const integer = numbers.every(Number.isInteger);
  const different = common.distinct === numbers.length && numbers.length >= FEW;
  if (integer && different && (countsRows(numbers) || namedAsKey(header))) {
    return {
      ...common,
      kind: 'left-out',
      reason: 'another number in every row: it names the row, it says nothing of it',
    };
  }
  // not Math.min(...numbers): a long file has more values than a call takes arguments
  const [min, max] = numbers.reduce(([low, high], n) => [Math.min(low, n), Math.max(high, n)], [Infinity, -Infinity]);
  return { ...common, kind: 'number', min: min!, max: max!, integer };
}

/** Looks at the cells of one column. */
export function inspectColumn(header: string, cells: readonly string[]): Finding {
  const present = cells.map((cell) => cell.trim()).filter((cell) => !isMissing(cell));
  const words = new Set(present);
  const common = { missing: cells.length - present.length, distinct: words.size };
  const leftOut = (reason: string): Finding => ({ ...common, kind: 'left-out', reason });
  if (present.length === 0) return leftOut('empty in every row');
  if (words.size === 1) return leftOut(`'${present[0]!.slice(0, 40)}' in every row`);
  const enough = SHARE * present.length;
  const numbers = present.map(readNumber).filter((value) => value !== undefined);
  if (numbers.length >= enough) return findNumber(header, numbers, common);
  if (present.filter((cell) => readDate(cell) !== undefined).length >= enough) return { ...common, kind: 'date' };
  if (words.size <= MOST_CATEGORIES) return { ...common, kind: 'category', categories: [...words].sort() };
  if (words.size > 0.5 * present.length) {
    return leftOut(`${words.size} different texts in ${present.length} rows: a name, a key or free text`);
  }
  return { ...common, kind: 'text' };
}
