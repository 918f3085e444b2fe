import { checkForest } from './check-forest.js';
import { type Forest, LEAF } from './forest.js';
import { assembleForest, type ForestShape, type TreeArrays } from './forest-builder.js';
import { type OnnxEnsemble, readOnnxEnsemble, refuseOnnx } from './onnx-ensemble.js';
import { onnxTrees } from './onnx-trees.js';

export interface ImportedForest {
  readonly forest: Forest;
  /** As the file's metadata name them, where they do. */
  readonly featureNames: readonly string[] | null;
  /** Labels of the classes in their order; empty for regression. */
  readonly labels: readonly string[];
}

/** A leaf's entries: which target or class gets which weight. */
type LeafWeights = Map<string, { id: number; weight: number }[]>;

const MAX_CLASSES = 1024;

/**
 * Takes over a tree ensemble from an ONNX file, as skl2onnx writes random forests, extra trees, single trees and gradient boosting, and other
 * converters theirs. Values are what the file says, float32 in most: predictions agree with onnxruntime's within 1e-5 relative. How many rows
 * went where is not in the file: importances are zeros, and explanations count every leaf alike.
 *
 * @param bytes the file
 * @throws {ArtifactInvalidError} saying what cannot be taken over: other operators, several targets, other links, damage
 * @see https://onnx.ai/onnx/operators/ (ai.onnx.ml)
 */
export function importOnnx(bytes: Uint8Array): ImportedForest {
  const ensemble = readOnnxEnsemble(bytes);
  const highest = ensemble.attribute('nodes_featureids').integers.reduce((most, id) => Math.max(most, id), 0);
  const features = ensemble.features ?? highest + 1;
  if (features >= LEAF) refuseOnnx(`${features} features are out of range`);
  const { featureNames } = ensemble;
  if (featureNames && featureNames.length !== features) {
    refuseOnnx(`it names ${featureNames.length} features and takes ${features}`);
  }
  const isRegressor = ensemble.operator === 'TreeEnsembleRegressor';
  const { forest, labels } = isRegressor ? regressor(ensemble, features) : classifier(ensemble, features);
  checkForest(forest);
  return { forest, featureNames, labels };
}

function weights(ensemble: OnnxEnsemble, prefix: 'target' | 'class'): LeafWeights {
  const trees = ensemble.attribute(`${prefix}_treeids`).integers;
  const nodes = ensemble.attribute(`${prefix}_nodeids`).integers;
  const ids = ensemble.attribute(`${prefix}_ids`).integers;
  const values = ensemble.attribute(`${prefix}_weights`).numbers;
  if (![nodes, ids, values].every(({ length }) => length === trees.length))
    refuseOnnx(`its ${prefix} lists differ in length`);
  const byLeaf: LeafWeights = new Map();
  trees.forEach((tree, i) => {
    const leaf = `${tree} ${nodes[i]}`;
    const entry = { id: ids[i]!, weight: values[i]! };
    const known = byLeaf.get(leaf);
    if (known) known.push(entry);
    else byLeaf.set(leaf, [entry]);
  });
  return byLeaf;
}

const shape = (
  of: Partial<ForestShape> & Pick<ForestShape, 'task' | 'features'>,
  baseline: readonly number[],
): ForestShape => ({
  algorithm: 'boosting',
  classes: 0,
  firstTree: 0,
  leafWidth: 1,
  ...of,
  baseline: Float64Array.from(baseline),
});

function regressor(ensemble: OnnxEnsemble, features: number): { forest: Forest; labels: string[] } {
  const targets = ensemble.attribute('n_targets').integer ?? 1;
  if (targets !== 1) refuseOnnx(`it predicts ${targets} values, expected 1`);
  const link = ensemble.attribute('post_transform').text ?? 'NONE';
  if (link !== 'NONE') refuseOnnx(`the link ${link} of a regression cannot be taken over`);
  const aggregate = ensemble.attribute('aggregate_function').text ?? 'SUM';
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE') refuseOnnx(`trees cannot be put together by ${aggregate}`);
  const base = ensemble.attribute('base_values').numbers[0] ?? 0;
  const byLeaf = weights(ensemble, 'target');
  const value = (tree: number, node: number) =>
    (byLeaf.get(`${tree} ${node}`) ?? []).reduce((sum, { weight }) => sum + weight, 0);
  const isMean = aggregate === 'AVERAGE';
  const trees = onnxTrees(ensemble, features, 1, (tree, node) => [value(tree, node) + (isMean ? base : 0)]);
  const of = { task: 'regression', features, algorithm: isMean ? 'forest' : 'boosting' } as const;
  return { forest: assembleForest(shape(of, [isMean ? 0 : base]), trees), labels: [] };
}

function classifier(ensemble: OnnxEnsemble, features: number): { forest: Forest; labels: string[] } {
  const strings = ensemble.attribute('classlabels_strings').strings;
  const labels = strings.length > 0 ? [...strings] : ensemble.attribute('classlabels_int64s').integers.map(String);
  const classes = labels.length;
  if (classes < 2 || classes > MAX_CLASSES) refuseOnnx(`${classes} classes are out of range`);
  const byLeaf = weights(ensemble, 'class');
  const ids = new Set([...byLeaf.values()].flat().map(({ id }) => id));
  if ([...ids].some((id) => id >= classes)) refuseOnnx('a leaf is for a class that has no label');
  const link = ensemble.attribute('post_transform').text ?? 'NONE';
  const base = ensemble.attribute('base_values').numbers;
  const isSingle = classes === 2 && ids.size === 1;
  const weight = (tree: number, node: number, id: number) =>
    (byLeaf.get(`${tree} ${node}`) ?? []).reduce((sum, entry) => sum + (entry.id === id ? entry.weight : 0), 0);

  if (link === 'LOGISTIC' && isSingle) {
    const [only] = [...ids] as [number];
    const trees = onnxTrees(ensemble, features, 1, (tree, node) => [weight(tree, node, only)]);
    return {
      forest: assembleForest(shape({ task: 'classification', features, classes }, [base[0] ?? 0]), trees),
      labels,
    };
  }
  if (link === 'SOFTMAX' && classes > 2) {
    return { forest: softmax(ensemble, features, classes, base, byLeaf), labels };
  }
  if (link !== 'NONE' || base.some((value) => value !== 0)) {
    refuseOnnx(`a classifier with the link ${link} for ${classes} classes cannot be taken over`);
  }
  // probabilities: the weights of all trees add up to 1, so one tree's are a share of it
  const treeCount = new Set(ensemble.attribute('nodes_treeids').integers).size;
  const [only = 0] = [...ids];
  const trees = onnxTrees(ensemble, features, classes, (tree, node) => {
    if (!isSingle) return labels.map((_, id) => weight(tree, node, id) * treeCount);
    // a single score is that of the second class
    const second = weight(tree, node, only) * treeCount;
    return [1 - second, second];
  });
  const isShare = (value: number) => value >= -1e-6 && value <= 1 + 1e-6;
  if (!trees.every(({ leafValues }) => leafValues.every(isShare))) refuseOnnx('its leaves hold no shares of classes');
  const of = { task: 'classification', features, classes, leafWidth: classes, algorithm: 'forest' } as const;
  return { forest: assembleForest(shape(of, new Array<number>(classes).fill(0)), trees), labels };
}

/** One tree a class in turn, as boosting has them; the file may have them in another order. */
function softmax(
  ensemble: OnnxEnsemble,
  features: number,
  classes: number,
  base: readonly number[],
  byLeaf: LeafWeights,
): Forest {
  const classOfTree = new Map<number, number>();
  for (const [leaf, entries] of byLeaf) {
    const tree = Number(leaf.split(' ')[0]);
    for (const { id } of entries) {
      if ((classOfTree.get(tree) ?? id) !== id) refuseOnnx(`tree ${tree} is for several classes at once`);
      classOfTree.set(tree, id);
    }
  }
  const trees = onnxTrees(ensemble, features, 1, (tree, node) => [
    (byLeaf.get(`${tree} ${node}`) ?? []).reduce((sum, { weight }) => sum + weight, 0),
  ]);
  const ids = [...new Set(ensemble.attribute('nodes_treeids').integers)].sort((a, b) => a - b);
  const byClass = Array.from({ length: classes }, (_, k) => trees.filter((_tree, i) => classOfTree.get(ids[i]!) === k));
  const rounds = byClass[0]!.length;
  if (!byClass.every(({ length }) => length === rounds) || rounds * classes !== trees.length) {
    refuseOnnx('its classes have not the same number of trees');
  }
  const inTurn: TreeArrays[] = [];
  for (let round = 0; round < rounds; round++) for (const own of byClass) inTurn.push(own[round]!);
  const baseline = base.length === classes ? base : new Array<number>(classes).fill(0);
  return assembleForest(shape({ task: 'classification', features, classes }, baseline), inTurn);
}
