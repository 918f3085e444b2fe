import { categoryKey, OTHER } from '../dataset/category-key.js';
import type { Row } from '../dataset/row.js';
import { InvalidInputError } from '../errors.js';
import type { EncodedColumn, EncoderPlan } from './encoder-plan.js';
import type { FeatureSpec } from './feature-spec.js';

type TargetSpec = Extract<FeatureSpec, { kind: 'target' }>;

interface Sum {
  readonly label: string;
  total: number;
  count: number;
}

function fitNumeric(name: string, rows: readonly Row[]): EncodedColumn {
  let min = Infinity;
  let max = -Infinity;
  for (const row of rows) {
    const value = row[name] ?? null;
    if (typeof value === 'string') throw new InvalidInputError(`column '${name}' is numeric, got '${value}'`);
    if (value === null) continue;
    if (!Number.isFinite(value)) throw new InvalidInputError(`column '${name}' holds ${value}, numbers must be finite`);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min <= max ? { name, kind: 'numeric', min, max } : { name, kind: 'numeric', min: null, max: null };
}

/** The target, divided by column `per` where the spec asks for it; null when that cannot be done. */
function scaledTarget(spec: TargetSpec, row: Row, y: number): number | null {
  if (spec.per === undefined) return y;
  const divisor = row[spec.per];
  return typeof divisor === 'number' && divisor > 0 ? y / divisor : null;
}

function fitTarget(spec: TargetSpec, rows: readonly Row[], y: ArrayLike<number>): EncodedColumn {
  const sums = new Map<string, Sum>();
  const all = { total: 0, count: 0 };
  const other = { total: 0, count: 0 };
  for (const [i, row] of rows.entries()) {
    const value = scaledTarget(spec, row, y[i]!);
    if (value === null) continue;
    all.total += value;
    all.count++;
    const label = row[spec.name] ?? null;
    const key = label === null ? OTHER : categoryKey(String(label));
    const sum = sums.get(key) ?? { label: String(label), total: 0, count: 0 };
    sum.total += value;
    sum.count++;
    sums.set(key, sum);
  }
  if (all.count === 0) throw new InvalidInputError(`column '${spec.name}' has no row to learn its categories from`);
  const prior = all.total / all.count;
  const smooth = (total: number, count: number) =>
    count === 0 ? prior : (total + spec.smoothing * prior) / (count + spec.smoothing);
  const known: Sum[] = [];
  for (const [key, sum] of sums) {
    if (key !== OTHER && sum.count >= spec.minRows) known.push(sum);
    else {
      other.total += sum.total;
      other.count += sum.count;
    }
  }
  return {
    name: spec.name,
    kind: 'target',
    categories: known.map((sum) => sum.label),
    values: known.map((sum) => smooth(sum.total, sum.count)),
    counts: known.map((sum) => sum.count),
    other: smooth(other.total, other.count),
    otherCount: other.count,
  };
}

/**
 * Learns from training rows, and from these alone, how rows become model inputs.
 *
 * @param specs one per model input, names distinct
 * @param rows shape (n,), n ≥ 1
 * @param y target of each row, shape (n,), finite
 * @throws {InvalidInputError} when the shapes differ, names repeat, a target is not finite or a numeric column holds text
 * @see Micci-Barreca 2001, "A preprocessing scheme for high-cardinality categorical attributes" (smoothed target means)
 */
export function fitEncoder(specs: readonly FeatureSpec[], rows: readonly Row[], y: ArrayLike<number>): EncoderPlan {
  if (rows.length === 0) throw new InvalidInputError('an encoder needs at least one training row');
  if (rows.length !== y.length) throw new InvalidInputError(`${rows.length} rows and ${y.length} targets`);
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i])) throw new InvalidInputError(`the target of row ${i} is ${y[i]}, it must be finite`);
  }
  const names = specs.map((spec) => spec.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidInputError(`the feature '${twice}' is declared twice`);
  const columns = specs.map((spec): EncodedColumn => {
    if (spec.kind === 'numeric') return fitNumeric(spec.name, rows);
    if (spec.kind === 'ordinal') return { name: spec.name, kind: 'ordinal', categories: [...spec.categories] };
    return fitTarget(spec, rows, y);
  });
  return { format: 1, columns };
}
