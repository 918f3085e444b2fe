import { InvalidInputError } from '../errors.js';
import { type Forest, LEAF } from './forest.js';
import {
  floatsAttribute,
  integerAttribute,
  integersAttribute,
  onnxModel,
  stringAttribute,
  stringsAttribute,
} from './onnx-messages.js';
import type { Field } from './protobuf-writer.js';

/**
 * The model as an ONNX file: one TreeEnsembleRegressor (output `prediction`, shape (rows, 1)) or
 * TreeEnsembleClassifier (outputs `label` and `probabilities`, shape (rows, classes)).
 * The input `features` is float32, shape (rows, features), NaN = missing. Thresholds are rounded down to float32, so
 * that a value which float32 can represent takes the same way as here; leaf values are rounded to float32.
 *
 * @param names the features' names, kept in the file's metadata as `feature_names`
 * @throws {InvalidInputError} when there is not one name per feature, or when there is only one class
 * @see https://onnx.ai/onnx/operators/ (ai.onnx.ml)
 */
export function forestToOnnx(forest: Forest, names?: readonly string[]): Uint8Array {
  if (names !== undefined && names.length !== forest.features) {
    throw new InvalidInputError(`expected ${forest.features} feature names, got ${names.length}`);
  }
  if (forest.classes === 1) throw new InvalidInputError('a classifier of one class cannot be exported to ONNX');
  const input = { name: 'features', type: 'float', columns: forest.features } as const;
  const metadata: Record<string, string> = names === undefined ? {} : { feature_names: JSON.stringify(names) };
  if (forest.task === 'regression') {
    return onnxModel(
      'TreeEnsembleRegressor',
      [...nodeAttributes(forest), ...regressorAttributes(forest)],
      input,
      [{ name: 'prediction', type: 'float', columns: 1 }],
      metadata,
    );
  }
  return onnxModel(
    'TreeEnsembleClassifier',
    [...nodeAttributes(forest), ...classifierAttributes(forest)],
    input,
    [
      { name: 'label', type: 'int64' },
      { name: 'probabilities', type: 'float', columns: forest.classes },
    ],
    metadata,
  );
}

function nodeAttributes(forest: Forest): Field[] {
  const nodes = forest.feature.length;
  const treeIds = new Uint32Array(nodes);
  const nodeIds = new Uint32Array(nodes);
  const features = new Uint32Array(nodes);
  const values = new Float32Array(nodes);
  const modes: string[] = [];
  const whenTrue = new Uint32Array(nodes);
  const whenFalse = new Uint32Array(nodes);
  for (let t = 0; t < forest.trees; t++) {
    const base = forest.treeOffsets[t]!;
    for (let at = base; at < forest.treeOffsets[t + 1]!; at++) {
      const isLeaf = forest.feature[at] === LEAF;
      treeIds[at] = t;
      nodeIds[at] = at - base;
      modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ');
      if (isLeaf) continue;
      features[at] = forest.feature[at]!;
      values[at] = floorToFloat(forest.threshold[at]!);
      whenTrue[at] = forest.left[at]!;
      whenFalse[at] = forest.left[at]! + 1;
    }
  }
  return [
    integersAttribute('nodes_treeids', treeIds),
    integersAttribute('nodes_nodeids', nodeIds),
    integersAttribute('nodes_featureids', features),
    floatsAttribute('nodes_values', values),
    stringsAttribute('nodes_modes', modes),
    integersAttribute('nodes_truenodeids', whenTrue),
    integersAttribute('nodes_falsenodeids', whenFalse),
    integersAttribute('nodes_missing_value_tracks_true', forest.missingLeft),
  ];
}

const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);

/** The largest float32 ≤ value. */
function floorToFloat(value: number): number {
  float[0] = value;
  if (float[0] > value) {
    // one step towards −∞ in the order of the bit patterns
    if (float[0] === 0) floatBits[0] = 0x80000001 | 0;
    else floatBits[0]! += float[0] > 0 ? -1 : 1;
  }
  return float[0];
}

/** Calls `visit` for every leaf: its tree, node and values' place. */
function eachLeaf(forest: Forest, visit: (tree: number, node: number, at: number) => void): void {
  for (let t = 0; t < forest.trees; t++) {
    const base = forest.treeOffsets[t]!;
    for (let at = base; at < forest.treeOffsets[t + 1]!; at++) {
      if (forest.feature[at] === LEAF)
        visit(t, at - base, (forest.leafOffsets[t]! + forest.left[at]!) * forest.leafWidth);
    }
  }
}

function regressorAttributes(forest: Forest): Field[] {
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const weights: number[] = [];
  eachLeaf(forest, (tree, node, at) => {
    treeIds.push(tree);
    nodeIds.push(node);
    weights.push(forest.leafValues[at]!);
  });
  return [
    integerAttribute('n_targets', 1),
    integersAttribute('target_treeids', treeIds),
    integersAttribute('target_nodeids', nodeIds),
    integersAttribute('target_ids', new Uint8Array(treeIds.length)),
    floatsAttribute('target_weights', weights),
    stringAttribute('aggregate_function', forest.algorithm === 'forest' ? 'AVERAGE' : 'SUM'),
    ...(forest.algorithm === 'boosting' ? [floatsAttribute('base_values', [...forest.baseline])] : []),
  ];
}

/**
 * Two classes go out as one score, that of class 1 under class id 0 (as onnxruntime reads a single score): with scores for both, onnxruntime would call every row with any
 * weight for class 1 a 1.
 */
function classifierAttributes(forest: Forest): Field[] {
  const { algorithm, classes, trees, leafWidth } = forest;
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const classIds: number[] = [];
  const weights: number[] = [];
  eachLeaf(forest, (tree, node, at) => {
    for (let k = classes === 2 ? leafWidth - 1 : 0; k < leafWidth; k++) {
      treeIds.push(tree);
      nodeIds.push(node);
      // boosting's trees go to the classes in turn
      classIds.push(classes === 2 ? 0 : algorithm === 'forest' ? k : tree % classes);
      weights.push(algorithm === 'forest' ? forest.leafValues[at + k]! / trees : forest.leafValues[at]!);
    }
  });
  const baseline = [...forest.baseline];
  if (algorithm === 'boosting' && classes === 2) lowerFirstTree(treeIds, weights, baseline);
  const link = algorithm === 'forest' ? 'NONE' : classes === 2 ? 'LOGISTIC' : 'SOFTMAX';
  return [
    integersAttribute('class_treeids', treeIds),
    integersAttribute('class_nodeids', nodeIds),
    integersAttribute('class_ids', classIds),
    floatsAttribute('class_weights', weights),
    integersAttribute(
      'classlabels_int64s',
      Array.from({ length: classes }, (_, k) => k),
    ),
    stringAttribute('post_transform', link),
    ...(algorithm === 'boosting' ? [floatsAttribute('base_values', baseline)] : []),
  ];
}

/**
 * onnxruntime takes a single score for a probability (class 1 from 0.5 on) when no weight is negative. Log-odds may
 * all be positive by chance: then the first tree gives some of its height to the baseline.
 */
function lowerFirstTree(treeIds: readonly number[], weights: number[], baseline: number[]): void {
  if (weights.some((weight) => weight < 0)) return;
  const firstLeaves = treeIds.filter((tree) => tree === 0).length;
  const height = 1 + Math.max(...weights.slice(0, firstLeaves));
  for (let i = 0; i < firstLeaves; i++) weights[i]! -= height;
  baseline[0]! += height;
}
