import {
  bytesField,
  type Field,
  floatsField,
  integerField,
  integersField,
  message,
  stringField,
} from './protobuf-writer.js';

/**
 * The messages of an ONNX file that a tree ensemble needs.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx-ml.proto (field numbers)
 */

/** AttributeProto: string. */
export function stringAttribute(name: string, value: string): Field {
  return attribute(name, 3, stringField(4, value));
}

/** AttributeProto: integer. */
export function integerAttribute(name: string, value: number): Field {
  return attribute(name, 2, integerField(3, value));
}

/** AttributeProto: list of floats. */
export function floatsAttribute(name: string, values: readonly number[] | Float32Array): Field {
  return attribute(name, 6, floatsField(7, values));
}

/** AttributeProto: list of integers ≥ 0. */
export function integersAttribute(name: string, values: ArrayLike<number>): Field {
  return attribute(name, 7, integersField(8, values));
}

/** AttributeProto: list of strings. */
export function stringsAttribute(name: string, values: readonly string[]): Field {
  return attribute(name, 8, message(values.map((value) => stringField(9, value))));
}

/** Field 5 of NodeProto. */
function attribute(name: string, type: number, value: Field): Field {
  return bytesField(5, message([stringField(1, name), value, integerField(20, type)]));
}

export type ElementType = 'float' | 'int64';

/** ValueInfoProto: a tensor of shape (rows, columns), or (rows,) without columns. */
function tensor(name: string, type: ElementType, columns?: number): Uint8Array {
  const dimensions = [bytesField(1, stringField(2, 'rows'))];
  if (columns !== undefined) dimensions.push(bytesField(1, integerField(1, columns)));
  const tensorType = message([integerField(1, type === 'float' ? 1 : 7), bytesField(2, message(dimensions))]);
  return message([stringField(1, name), bytesField(2, bytesField(1, tensorType))]);
}

export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly columns?: number;
}

/** ModelProto of one ai.onnx.ml node. */
export function onnxModel(
  operator: string,
  attributes: readonly Field[],
  input: OnnxTensor,
  outputs: readonly OnnxTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const node = message([
    stringField(1, input.name),
    ...outputs.map(({ name }) => stringField(2, name)),
    stringField(3, 'trees'),
    stringField(4, operator),
    ...attributes,
    stringField(7, 'ai.onnx.ml'),
  ]);
  const graph = message([
    bytesField(1, node),
    stringField(2, 'forest'),
    bytesField(11, tensor(input.name, input.type, input.columns)),
    ...outputs.map(({ name, type, columns }) => bytesField(12, tensor(name, type, columns))),
  ]);
  const operatorSet = (domain: string, version: number) =>
    bytesField(8, message([stringField(1, domain), integerField(2, version)]));
  return message([
    integerField(1, 8),
    stringField(2, 'incumbent'),
    bytesField(7, graph),
    operatorSet('', 15),
    operatorSet('ai.onnx.ml', 3),
    ...Object.entries(metadata).map(([key, value]) =>
      bytesField(14, message([stringField(1, key), stringField(2, value)])),
    ),
  ]);
}
