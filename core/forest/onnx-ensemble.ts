import { ArtifactInvalidError } from '../errors.js';
import { bytesOf, fieldsByNumber, floatsOf, integersOf, ProtobufError, stringsOf } from './protobuf-reader.js';

/** One attribute of an operator, as it is stored. */
interface Attribute {
  readonly integer: number | null;
  readonly text: string | null;
  readonly integers: readonly number[];
  readonly numbers: readonly number[];
  readonly strings: readonly string[];
}

/** The tree operator of an ONNX file, with what its graph says about the input. */
export interface OnnxEnsemble {
  readonly operator: 'TreeEnsembleRegressor' | 'TreeEnsembleClassifier';
  attribute(name: string): Attribute;
  /** Columns of the input; null where the file leaves them open. */
  readonly features: number | null;
  /** `feature_names` of the file's metadata, where it has them. */
  readonly featureNames: readonly string[] | null;
}

const NONE: Attribute = { integer: null, text: null, integers: [], numbers: [], strings: [] };
/** What may follow the trees without changing what they say. */
const FOLLOWERS = new Set(['Cast', 'ZipMap', 'Identity', 'ArrayFeatureExtractor', 'Reshape']);
const DOUBLE = 11;

/** @throws {ArtifactInvalidError} always */
export function refuseOnnx(reason: string): never {
  throw new ArtifactInvalidError(`not a usable ONNX model: ${reason}`);
}

type Fields = ReturnType<typeof fieldsByNumber>;

const one = (fields: Fields, number: number): Uint8Array | null => bytesOf(fields.get(number))[0] ?? null;
const string = (fields: Fields, number: number): string => stringsOf(fields.get(number))[0] ?? '';

/** TensorProto of floats or doubles, as `*_as_tensor` attributes hold. */
function tensor(bytes: Uint8Array): number[] {
  const fields = fieldsByNumber(bytes);
  const double = fields.get(2)?.[0] === DOUBLE;
  const raw = one(fields, 9);
  if (raw) return floatsOf([raw], double ? 8 : 4);
  return double ? floatsOf(fields.get(10), 8) : floatsOf(fields.get(4));
}

function attribute(fields: Fields): Attribute {
  const number = fields.get(3)?.[0];
  const held = one(fields, 5);
  return {
    integer: typeof number === 'number' ? number : null,
    text: fields.has(4) ? string(fields, 4) : null,
    integers: integersOf(fields.get(8)),
    numbers: held ? tensor(held) : floatsOf(fields.get(7)),
    strings: stringsOf(fields.get(9)),
  };
}

/** Second dimension of the input's shape. */
function inputColumns(graph: Fields): number | null {
  const shape = [2, 1, 2].reduce<Uint8Array | null>(
    (bytes, number) => bytes && one(fieldsByNumber(bytes), number),
    one(graph, 11),
  );
  const dimension = shape && bytesOf(fieldsByNumber(shape).get(1))[1];
  const columns = dimension && fieldsByNumber(dimension).get(1)?.[0];
  return typeof columns === 'number' && columns > 0 ? columns : null;
}

function namesIn(model: Fields): string[] | null {
  for (const bytes of bytesOf(model.get(14))) {
    const entry = fieldsByNumber(bytes);
    if (string(entry, 1) !== 'feature_names') continue;
    try {
      const names: unknown = JSON.parse(string(entry, 2));
      if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
    } catch {
      // another program's metadata of the same name
    }
  }
  return null;
}

/**
 * The tree ensemble of an ONNX file that consists of one: a TreeEnsembleRegressor or TreeEnsembleClassifier that reads the input itself.
 *
 * @throws {ArtifactInvalidError} naming what the file has beside it, or where it is damaged
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx-ml.proto (field numbers)
 */
export function readOnnxEnsemble(bytes: Uint8Array): OnnxEnsemble {
  try {
    const model = fieldsByNumber(bytes);
    const graph = fieldsByNumber(one(model, 7) ?? refuseOnnx('it has no graph'));
    const nodes = bytesOf(graph.get(1)).map(fieldsByNumber);
    const operators = nodes.map((node) => string(node, 4));
    const at = operators.findIndex((name) => name === 'TreeEnsembleRegressor' || name === 'TreeEnsembleClassifier');
    const other = operators.find((name, i) => i !== at && !(at >= 0 && FOLLOWERS.has(name)));
    if (other !== undefined) refuseOnnx(`the operator ${other} cannot be taken over: only one tree ensemble can`);
    const node = nodes[at] ?? refuseOnnx('it has no tree ensemble');
    if (string(node, 1) !== string(fieldsByNumber(one(graph, 11) ?? refuseOnnx('it has no input')), 1)) {
      refuseOnnx('its trees do not read the input itself');
    }
    const attributes = new Map(
      bytesOf(node.get(5)).map((held) => {
        const fields = fieldsByNumber(held);
        return [string(fields, 1), attribute(fields)] as const;
      }),
    );
    return {
      operator: operators[at] as OnnxEnsemble['operator'],
      attribute: (name) => attributes.get(name) ?? attributes.get(`${name}_as_tensor`) ?? NONE,
      features: inputColumns(graph),
      featureNames: namesIn(model),
    };
  } catch (error) {
    if (error instanceof ProtobufError) refuseOnnx(`it is damaged: ${error.message}`);
    throw error;
  }
}
