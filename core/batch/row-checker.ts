import { z } from 'zod';
import type { Row, Value } from '../dataset/row.js';
import { InvalidInputError } from '../errors.js';
import { parseInput } from '../features/parse-input.js';

/** Turns the values of one row into a checked row, or says what is wrong with it. */
export interface RowChecker {
  readonly columns: readonly string[];
  /** Columns without which no row is valid. */
  readonly needed: readonly string[];
  /** @returns the row, valid until the next call, or the reason why it is refused */
  check(values: readonly unknown[]): Row | string;
}

/** Distinct values remembered per column: a column of a table mostly repeats itself. */
const REMEMBERED = 20_000;

type Checked = { readonly value: Value } | { readonly refused: string };

function checkColumn(schema: z.ZodType, name: string, given: unknown): Checked {
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data as Value };
  return { refused: result.error.issues[0]?.message ?? `${name} is not valid` };
}

/** A checker that asks the schema of each column once per distinct value. */
function byColumn(schema: z.ZodObject): RowChecker {
  const columns = Object.keys(schema.shape);
  const schemas = columns.map((name) => schema.shape[name] as z.ZodType);
  const known = columns.map(() => new Map<unknown, Checked>());
  const row: Record<string, Value> = {};
  return {
    columns,
    needed: columns.filter((_, i) => !schemas[i]!.safeParse(undefined).success),
    check(values) {
      let refused = '';
      for (let i = 0; i < columns.length; i++) {
        const given = values[i];
        let checked = known[i]!.get(given);
        if (checked === undefined) {
          checked = checkColumn(schemas[i]!, columns[i]!, given);
          if (known[i]!.size >= REMEMBERED) known[i]!.clear();
          if (typeof given !== 'object') known[i]!.set(given, checked);
        }
        if ('refused' in checked) refused += refused === '' ? checked.refused : `; ${checked.refused}`;
        else row[columns[i]!] = checked.value;
      }
      return refused === '' ? row : refused;
    },
  };
}

/** A checker for schemas that look at several columns together. */
function byRow(schema: z.ZodType<Row>, columns: readonly string[]): RowChecker {
  return {
    columns,
    needed: [],
    check(values) {
      try {
        return parseInput(schema, Object.fromEntries(columns.map((name, i) => [name, values[i]])));
      } catch (error) {
        if (error instanceof InvalidInputError) return error.message;
        throw error;
      }
    },
  };
}

/** @param features names of the project's features, the columns when the schema has none of its own */
export function createRowChecker(schema: z.ZodType<Row>, features: readonly string[]): RowChecker {
  const plain = schema instanceof z.ZodObject && (schema.def.checks ?? []).length === 0;
  return plain ? byColumn(schema) : byRow(schema, features);
}
