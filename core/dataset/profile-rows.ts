import type { CategoryColumnProfile, ColumnProfile, NumericColumnProfile } from './profile.js';
import { quantile } from './quantile.js';
import type { Row } from './row.js';

const TOP = 20;

function numericProfile(values: readonly number[], missing: number): NumericColumnProfile {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    kind: 'numeric',
    missing,
    min: sorted[0]!,
    max: sorted[n - 1]!,
    mean,
    std: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    deciles: Array.from({ length: 11 }, (_, i) => quantile(sorted, i / 10)),
  };
}

function categoryProfile(values: readonly string[], missing: number): CategoryColumnProfile {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { kind: 'category', missing, distinct: counts.size, top: byCount.slice(0, TOP) };
}

/**
 * What each column holds. A column with any text in it is a category; one with no value at all is a category with none.
 *
 * @param columns names of the columns to describe; a row without one counts as missing there
 */
export function profileColumns(rows: readonly Row[], columns: readonly string[]): Record<string, ColumnProfile> {
  const profiles: Record<string, ColumnProfile> = {};
  for (const column of columns) {
    const present = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
    const missing = rows.length - present.length;
    const numbers = present.filter((value) => typeof value === 'number');
    profiles[column] =
      numbers.length > 0 && numbers.length === present.length
        ? numericProfile(numbers, missing)
        : categoryProfile(present.map(String), missing);
  }
  return profiles;
}
