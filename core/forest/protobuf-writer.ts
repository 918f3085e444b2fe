/** The few protobuf encodings an ONNX file is made of. @see https://protobuf.dev/programming-guides/encoding/ */

const text = new TextEncoder();

/** A field number with its encoded value. */
export type Field = Uint8Array;

/** Joins fields into a message body. */
export function message(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0));
  let at = 0;
  for (const field of fields) {
    bytes.set(field, at);
    at += field.length;
  }
  return bytes;
}

/** A length-delimited field: an embedded message, or packed numbers. */
export function bytesField(number: number, value: Uint8Array): Field {
  const head = [...varint(number * 8 + 2), ...varint(value.length)];
  const field = new Uint8Array(head.length + value.length);
  field.set(head);
  field.set(value, head.length);
  return field;
}

export function stringField(number: number, value: string): Field {
  return bytesField(number, text.encode(value));
}

/** @param value integer ≥ 0 */
export function integerField(number: number, value: number): Field {
  return Uint8Array.from([...varint(number * 8), ...varint(value)]);
}

/** Packed 32-bit floats. */
export function floatsField(number: number, values: readonly number[] | Float32Array): Field {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
  return bytesField(number, bytes);
}

/** Packed integers ≥ 0. */
export function integersField(number: number, values: ArrayLike<number>): Field {
  const bytes = new Uint8Array(values.length * 5);
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    let rest = values[i]!;
    while (rest > 127) {
      bytes[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[at++] = rest;
  }
  return bytesField(number, bytes.subarray(0, at));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}
