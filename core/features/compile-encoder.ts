import { categoryKey, OTHER } from '../dataset/category-key.js';
import type { Row, Value } from '../dataset/row.js';
import type { FieldProblem } from '../errors.js';
import type { EncodedColumn, EncoderPlan } from './encoder-plan.js';

/**
 * Writes a row's model inputs into `out`, shape (features,). Allocates nothing for values it knows as they are written.
 * `warnings` receives what the caller should know about the answer: an unknown category, a number outside of the
 * training range.
 */
export type CompiledEncoder = (row: Row, out: Float64Array, warnings?: FieldProblem[]) => void;

type ColumnEncoder = (value: Value, warnings: FieldProblem[] | undefined) => number;

function compileNumeric({ name, min, max }: Extract<EncodedColumn, { kind: 'numeric' }>): ColumnEncoder {
  return (value, warnings) => {
    if (typeof value !== 'number') return Number.NaN;
    if (warnings !== undefined && min !== null && max !== null && (value < min || value > max)) {
      const message = `${name} ${value} is outside of the training data (${min} to ${max}): the estimate is less certain`;
      warnings.push({ field: name, value, message });
    }
    return value;
  };
}

/** Finds a category's number by its exact text first, then by its key; spellings found by key are not remembered. */
function lookup(
  categories: readonly string[],
  values: (index: number) => number,
): (text: string) => number | undefined {
  const exact = new Map<string, number>();
  const byKey = new Map<string, number>();
  for (const [i, category] of categories.entries()) {
    exact.set(category, values(i));
    byKey.set(categoryKey(category), values(i));
  }
  return (text) => exact.get(text) ?? byKey.get(categoryKey(text));
}

function compileOrdinal({ name, categories }: Extract<EncodedColumn, { kind: 'ordinal' }>): ColumnEncoder {
  const find = lookup(categories, (i) => i);
  return (value, warnings) => {
    if (value === null) return Number.NaN;
    const index = find(String(value));
    if (index !== undefined) return index;
    warnings?.push({
      field: name,
      value,
      message: `${name} '${value}' is not known: predicted as if it were not given`,
    });
    return Number.NaN;
  };
}

function compileTarget(column: Extract<EncodedColumn, { kind: 'target' }>): ColumnEncoder {
  const { name, categories, values, other } = column;
  const find = lookup(categories, (i) => values[i]!);
  return (value, warnings) => {
    if (value === null) return other;
    const text = String(value);
    const known = find(text);
    if (known !== undefined) return known;
    if (warnings !== undefined && categoryKey(text) !== OTHER) {
      warnings.push({ field: name, value, message: `${name} '${text}' is not known: predicted as '${OTHER}'` });
    }
    return other;
  };
}

function compileColumn(column: EncodedColumn): ColumnEncoder {
  if (column.kind === 'numeric') return compileNumeric(column);
  return column.kind === 'ordinal' ? compileOrdinal(column) : compileTarget(column);
}

/** The serving form of a plan: build it once per model, call it for every request. */
export function compileEncoder(plan: EncoderPlan): CompiledEncoder {
  const names = plan.columns.map((column) => column.name);
  const encoders = plan.columns.map(compileColumn);
  return (row, out, warnings) => {
    for (let i = 0; i < encoders.length; i++) out[i] = encoders[i]!(row[names[i]!] ?? null, warnings);
  };
}
