import { z } from 'zod';
import { InvalidInputError } from '../../core/errors.js';

const numericTypes = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
] as const;
const dataTypes = [...numericTypes, 'BYTES'] as const;

/** A tensor of an inference request; `data` row-major, nested by dimension or flat. */
const tensorSchema = z.object({
  name: z.string().min(1).max(200),
  shape: z.array(z.int().min(0).max(1_000_000)).min(1).max(4),
  datatype: z.enum(dataTypes, { error: `datatype must be one of ${dataTypes.join(', ')}` }),
  parameters: z.record(z.string(), z.unknown()).optional(),
  data: z.array(z.unknown(), { error: 'data must be a list: the binary extension is not supported' }),
});
export type Tensor = z.infer<typeof tensorSchema>;

export const inferRequestSchema = z.object({
  id: z.string().max(200).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  inputs: z.array(tensorSchema, { error: 'inputs must be a list of tensors' }).min(1).max(1_000),
  outputs: z.array(z.object({ name: z.string(), parameters: z.record(z.string(), z.unknown()).optional() })).optional(),
});
export type InferRequest = z.infer<typeof inferRequestSchema>;

function refuse(tensor: Tensor, message: string): never {
  const text = `tensor '${tensor.name}': ${message}`;
  throw new InvalidInputError(text, [{ field: tensor.name, message: text }]);
}

function accepts(type: Tensor['datatype'], value: unknown): boolean {
  if (value === null) return true; // a missing value
  if (type === 'BYTES') return typeof value === 'string';
  if (type === 'BOOL') return typeof value === 'boolean';
  return typeof value === 'number' && (type.startsWith('FP') || Number.isInteger(value));
}

/**
 * The elements of a tensor in row-major order.
 *
 * @throws {InvalidInputError} when they are not as many as the shape says, or of another type
 */
export function elementsOf(tensor: Tensor): unknown[] {
  const { shape, datatype } = tensor;
  const flat = tensor.data.flat(shape.length - 1) as unknown[];
  const expected = shape.reduce((product, size) => product * size, 1);
  if (flat.length !== expected) {
    refuse(tensor, `shape [${shape.join(', ')}] needs ${expected} elements, got ${flat.length}`);
  }
  const wrong = flat.findIndex((value) => !accepts(datatype, value));
  if (wrong >= 0) refuse(tensor, `element ${wrong} is not of type ${datatype}`);
  return datatype === 'BOOL' ? flat.map((value) => (value === null ? null : Number(value))) : flat;
}
