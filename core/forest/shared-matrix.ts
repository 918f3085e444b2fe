import type { Matrix } from './matrix.js';

/** A matrix of zeros in memory that threads share: training on threads then needs no copy of X. */
export function sharedMatrix(rows: number, columns: number): Matrix & { readonly data: Float64Array } {
  return { data: new Float64Array(new SharedArrayBuffer(rows * columns * 8)), rows, columns };
}

/** The values in memory that threads share: the same array when they are already, else a copy. */
export function toShared<T extends Float64Array | Uint32Array | Uint8Array>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const Shape = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const shared = new Shape(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
