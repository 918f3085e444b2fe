import type { z } from 'zod';
import type { Row } from '../../core/dataset/row.js';
import { parseInput } from '../../core/features/parse-input.js';

/**
 * A value by any schema, refused in the same words as a prediction's input.
 * @throws {InvalidInputError} with one problem per field
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  return parseInput(schema as unknown as z.ZodType<Row>, value) as unknown as z.output<S>;
}
