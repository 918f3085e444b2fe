/** A field of a protobuf message: its bytes, or its number for varints and fixed-size values. */
export interface ReadField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** What is not protobuf; the reader's caller says of what file. */
export class ProtobufError extends Error {}

const text = new TextDecoder();

/**
 * The fields of a message in file order. Varints up to 2^53; 32-bit values are read as float32, 64-bit ones as float64.
 *
 * @throws {ProtobufError} where the bytes end within a field, or are of a form that protobuf does not have
 * @see https://protobuf.dev/programming-guides/encoding/
 */
function* readFields(bytes: Uint8Array): Generator<ReadField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new ProtobufError('a number does not end');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): number => {
    if (length > bytes.length - at)
      throw new ProtobufError(`${length} bytes are announced, ${bytes.length - at} are there`);
    at += length;
    return at - length;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (number === 0) throw new ProtobufError('field 0 does not exist');
    const form = key % 8;
    if (form === 0) yield { number, value: varint() };
    else if (form === 1) yield { number, value: view.getFloat64(take(8), true) };
    else if (form === 2) {
      const length = varint();
      const from = take(length);
      yield { number, value: bytes.subarray(from, from + length) };
    } else if (form === 5) yield { number, value: view.getFloat32(take(4), true) };
    else throw new ProtobufError(`wire type ${form} is not known`);
  }
}

/** A bytes field as a nested message, its fields by number. */
export function fieldsByNumber(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  for (const { number, value } of readFields(bytes)) {
    const known = fields.get(number);
    if (known) known.push(value);
    else fields.set(number, [value]);
  }
  return fields;
}

/** Embedded messages, strings or packed values of a field; what is not of that form is left out. */
export const bytesOf = (values: readonly (number | Uint8Array)[] = []): Uint8Array[] =>
  values.filter((value) => value instanceof Uint8Array);

export const stringsOf = (values: readonly (number | Uint8Array)[] = []): string[] =>
  bytesOf(values).map((value) => text.decode(value));

/** Repeated integers, packed or not. */
export function integersOf(values: readonly (number | Uint8Array)[] = []): number[] {
  const integers: number[] = [];
  for (const value of values) {
    if (typeof value === 'number') integers.push(value);
    else {
      let number = 0;
      let scale = 1;
      for (const byte of value) {
        number += (byte & 127) * scale;
        scale *= 128;
        if (byte >= 128) continue;
        integers.push(number);
        number = 0;
        scale = 1;
      }
      if (scale !== 1) throw new ProtobufError('a number does not end');
    }
  }
  return integers;
}

/** Repeated floats of 4 or 8 bytes, packed or not. */
export function floatsOf(values: readonly (number | Uint8Array)[] = [], size: 4 | 8 = 4): number[] {
  const floats: number[] = [];
  for (const value of values) {
    if (typeof value === 'number') {
      floats.push(value);
      continue;
    }
    if (value.length % size !== 0) throw new ProtobufError(`${value.length} bytes are no list of ${size}-byte numbers`);
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    for (let at = 0; at < value.length; at += size) {
      floats.push(size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
    }
  }
  return floats;
}
