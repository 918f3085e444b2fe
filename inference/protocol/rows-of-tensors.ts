import { InvalidInputError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import { elementsOf, type Tensor } from './tensor.js';

/** Rows that one infer request may have: more go to the batch endpoint. */
const MAX_INFER_ROWS = 1_000;

type RawRow = Record<string, unknown>;

function refuse(field: string, message: string): never {
  throw new InvalidInputError(message, [{ field, message }]);
}

/** One tensor of shape [rows, features] with all features in order. */
function fromMatrix(tensor: Tensor, names: readonly string[]): RawRow[] {
  const [rows = 0, columns = 0] = tensor.shape;
  if (tensor.shape.length !== 2 || columns !== names.length) {
    refuse(
      tensor.name,
      `tensor '${tensor.name}' must have shape [rows, ${names.length}] (${names.join(', ')}), got [${tensor.shape.join(', ')}]`,
    );
  }
  const values = elementsOf(tensor);
  return Array.from({ length: rows }, (_, r) =>
    Object.fromEntries(names.map((name, c) => [name, values[r * columns + c]])),
  );
}

/** One tensor per feature, of shape [rows] or [rows, 1]. */
function fromColumns(tensors: readonly Tensor[], names: readonly string[]): RawRow[] {
  const rows: RawRow[] = [];
  for (const [i, tensor] of tensors.entries()) {
    const { name, shape } = tensor;
    if (!names.includes(name)) refuse(name, `there is no input '${name}': the inputs are ${names.join(', ')}`);
    if (tensors.findIndex((other) => other.name === name) !== i) refuse(name, `input '${name}' is given twice`);
    if (shape.length > 2 || (shape[1] ?? 1) !== 1) {
      refuse(name, `input '${name}' must have shape [rows] or [rows, 1], got [${shape.join(', ')}]`);
    }
    const values = elementsOf(tensor);
    if (i > 0 && values.length !== rows.length) {
      refuse(name, `input '${name}' has ${values.length} rows, '${tensors[0]!.name}' has ${rows.length}`);
    }
    for (const [r, value] of values.entries()) {
      if (i === 0) rows.push({ [name]: value });
      else rows[r]![name] = value;
    }
  }
  return rows;
}

/**
 * The rows of an infer request: one tensor per feature, or a single one that holds them all.
 *
 * @returns unchecked rows by feature name
 * @throws {InvalidInputError} naming the tensor at fault
 */
export function rowsOfTensors({ features }: Pick<ModelProject, 'features'>, tensors: readonly Tensor[]): RawRow[] {
  const names = features.map((feature) => feature.name);
  const only = tensors.length === 1 ? tensors[0]! : null;
  const rows = only && !names.includes(only.name) ? fromMatrix(only, names) : fromColumns(tensors, names);
  if (rows.length > MAX_INFER_ROWS) {
    refuse(
      'inputs',
      `at most ${MAX_INFER_ROWS} rows in one request, got ${rows.length}: use /api/predict/batch for more`,
    );
  }
  return rows;
}
