import { quantile } from '../dataset/quantile.js';
import type { Row, Value } from '../dataset/row.js';
import { InvalidInputError } from '../errors.js';
import type { ModelProject } from '../project.js';
import { binOf } from './bin-of.js';
import { momentsOf } from './moments.js';
import type { CategoryReference, NumericReference, ReferenceProfile } from './reference-profile.js';
import { relativeErrors } from './relative-errors.js';
import { wrongAnswers } from './wrong-answers.js';

const SAMPLE = 2_000;

function orderStatistics(sorted: Float64Array): number[] {
  if (sorted.length <= SAMPLE) return [...sorted];
  return Array.from({ length: SAMPLE }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / SAMPLE)]!);
}

function numericReference(values: readonly number[], missing: number): NumericReference {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) {
    return { kind: 'numeric', n, missing, mean: 0, std: 0, min: 0, max: 0, edges: [], counts: [0], sample: [] };
  }
  const deciles = Array.from({ length: 9 }, (_, i) => quantile(sorted, (i + 1) / 10));
  // a value that fills several deciles makes one edge; one at the maximum would leave an empty bin
  const edges = deciles.filter((edge, i) => edge !== deciles[i - 1] && edge < sorted[n - 1]!);
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of sorted) counts[binOf(edges, value)]!++;
  const [min, max] = [sorted[0]!, sorted[n - 1]!];
  return { kind: 'numeric', ...momentsOf(sorted), missing, min, max, edges, counts, sample: orderStatistics(sorted) };
}

function categoryReference(values: readonly string[], missing: number): CategoryReference {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    kind: 'category',
    n: values.length,
    missing,
    categories: sorted.map(([category]) => category),
    counts: sorted.map(([, count]) => count),
  };
}

function columnReference(values: readonly Value[], numeric: boolean): NumericReference | CategoryReference {
  const present = values.filter((value) => value !== null);
  const missing = values.length - present.length;
  if (!numeric) return categoryReference(present.map(String), missing);
  const numbers = present.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  return numericReference(numbers, values.length - numbers.length);
}

/**
 * What later days will be compared with.
 *
 * @param rows training rows, n ≥ 1: the distributions of the inputs
 * @param predictions the model's predictions, best on held-out rows: those on rows it was trained on are spread wider
 *   than any later ones will be, and would look like drift
 * @param actuals truth of the same rows as `predictions` (of classes, their numbers), for the reference of the error; omit when
 *   there is none
 * @throws {InvalidInputError} without rows or predictions, or when `actuals` has another length
 */
export function buildReference(
  project: Pick<ModelProject, 'features' | 'task'>,
  rows: readonly Row[],
  predictions: ArrayLike<number>,
  actuals?: ArrayLike<number>,
): ReferenceProfile {
  if (rows.length === 0) throw new InvalidInputError('a drift reference needs at least one row');
  if (predictions.length === 0) throw new InvalidInputError('a drift reference needs at least one prediction');
  if (actuals !== undefined && actuals.length !== predictions.length) {
    throw new InvalidInputError(`${predictions.length} predictions and ${actuals.length} actual values`);
  }
  const errors = project.task === 'classification' ? wrongAnswers : relativeErrors;
  const columns: ReferenceProfile['columns'] = {};
  for (const { name, kind } of project.features) {
    const values = rows.map((row) => row[name] ?? null);
    columns[name] = columnReference(values, kind === 'numeric');
  }
  return {
    format: 1,
    rows: rows.length,
    columns,
    prediction: columnReference(Array.from(predictions), project.task === 'regression'),
    error: actuals === undefined ? null : momentsOf(errors(predictions, actuals)),
  };
}
