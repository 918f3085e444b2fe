import { ArtifactInvalidError } from '../errors.js';
import { checkForest } from './check-forest.js';
import { type Forest, LEAF } from './forest.js';
import { assembleForest, type TreeArrays } from './forest-builder.js';

/** A node of ml-random-forest's `toJSON()`, as far as it matters here. */
interface MlNode {
  readonly splitValue?: unknown;
  readonly splitColumn?: unknown;
  readonly numberSamples?: unknown;
  readonly distribution?: unknown;
  readonly left?: MlNode;
  readonly right?: MlNode;
}

/**
 * Takes over a model of the npm package ml-random-forest (2.x) from its `toJSON()`. Predictions are the package's:
 * its trees go left below the split value, and for classification each tree gives its whole vote to one class.
 * The package keeps row counts for most nodes only; what is missing is shared equally between siblings, so that
 * explanations of imported models are approximate.
 *
 * @param json what `toJSON()` returned, or that parsed from text
 * @param features number of features of a row, which the package does not store
 * @param leastClasses classes there are, where the trees may not have seen all of them
 * @throws {ArtifactInvalidError} when it is not such a model, or one that takes the median of its trees
 */
export function importMlRandomForest(json: unknown, features: number, leastClasses = 1): Forest {
  // what toJSON() returns holds matrices, which become arrays only on the way to text
  const model = JSON.parse(JSON.stringify(json ?? null)) as {
    name?: unknown;
    selectionMethod?: unknown;
    baseModel?: Record<string, unknown>;
  } | null;
  const base = model?.baseModel;
  const isClassifier = model?.name === 'RFClassifier';
  if (!base || (!isClassifier && model?.name !== 'RFRegression'))
    refuse('its name is not RFRegression or RFClassifier');
  if (!isClassifier && model.selectionMethod !== 'mean') {
    refuse(`selection method ${String(model.selectionMethod)} is not the mean`);
  }
  const { estimators, indexes } = base as { estimators?: { root?: MlNode }[]; indexes?: number[][] };
  if (!Array.isArray(estimators) || !Array.isArray(indexes) || estimators.length === 0) refuse('it has no estimators');
  if (!Number.isInteger(features) || features < 1 || features >= LEAF) refuse(`${features} features are out of range`);

  const roots = estimators.map(({ root }) => root ?? refuse('an estimator has no root'));
  const classes = isClassifier ? Math.max(leastClasses, ...roots.map(mostClasses)) : 0;
  const trees = roots.map((root, t) => convertTree(root, indexes[t] ?? [], features, classes));
  const forest = assembleForest(
    {
      algorithm: 'forest',
      task: isClassifier ? 'classification' : 'regression',
      features,
      classes,
      firstTree: 0,
      leafWidth: Math.max(1, classes),
      baseline: new Float64Array(Math.max(1, classes)),
    },
    trees,
  );
  checkForest(forest);
  return forest;
}

function isLeaf(node: MlNode): boolean {
  return node.distribution !== undefined && node.distribution !== null;
}

function mostClasses(node: MlNode): number {
  if (isLeaf(node)) return distributionOf(node).length;
  return Math.max(...childrenOf(node).map(mostClasses));
}

function childrenOf(node: MlNode): [MlNode, MlNode] {
  return node.left && node.right ? [node.left, node.right] : refuse('an inner node has no children');
}

/** A leaf's class probabilities, or its one value. */
function distributionOf(node: MlNode): number[] {
  const { distribution } = node;
  const values = Array.isArray(distribution) ? distribution[0] : [distribution];
  if (!Array.isArray(values) || values.length === 0 || !values.every(Number.isFinite)) {
    return refuse('a leaf has no finite values');
  }
  return values as number[];
}

function convertTree(root: MlNode, columns: readonly number[], features: number, classes: number): TreeArrays {
  const order: MlNode[] = [root];
  const cover: number[] = [rowsOf(root) ?? 1];
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const leafValues: number[] = [];
  const width = Math.max(1, classes);
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    if (isLeaf(node)) {
      feature.push(LEAF);
      threshold.push(0);
      left.push(leafValues.length / width);
      leafValues.push(...leafOf(distributionOf(node), classes));
      continue;
    }
    const column = columns[Number(node.splitColumn)];
    if (column === undefined || typeof node.splitValue !== 'number') refuse('an inner node has no split');
    feature.push(column);
    threshold.push(justBelow(node.splitValue));
    left.push(order.length);
    order.push(...childrenOf(node));
    cover.push(...shareRows(node, cover[i]!));
  }
  return {
    feature: Uint16Array.from(feature),
    threshold: Float64Array.from(threshold),
    left: Uint32Array.from(left),
    missingLeft: new Uint8Array(feature.length),
    cover: Float64Array.from(cover),
    leafValues: Float64Array.from(leafValues),
    impurityDecrease: impurityDecrease(feature, left, cover, leafValues, width, features),
  };
}

/** The whole vote for the most probable class, or the value. */
function leafOf(distribution: number[], classes: number): number[] {
  if (classes === 0) return distribution;
  const winner = distribution.indexOf(Math.max(...distribution));
  return Array.from({ length: classes }, (_, k) => (k === winner ? 1 : 0));
}

function rowsOf(node: MlNode): number | null {
  return typeof node.numberSamples === 'number' && node.numberSamples > 0 ? node.numberSamples : null;
}

function shareRows(node: MlNode, rows: number): [number, number] {
  const [left, right] = childrenOf(node).map(rowsOf) as [number | null, number | null];
  const known = left ?? (right === null ? rows / 2 : rows - right);
  return known > 0 && known < rows ? [known, rows - known] : [rows / 2, rows / 2];
}

/** Σ rows · value² gained by each split: for one value rows × variance, for class votes rows × Gini impurity. */
function impurityDecrease(
  feature: readonly number[],
  left: readonly number[],
  cover: readonly number[],
  leafValues: readonly number[],
  width: number,
  features: number,
): Float64Array {
  const decrease = new Float64Array(features);
  const means: number[][] = [];
  const score = (node: number) => cover[node]! * means[node]!.reduce((sum, value) => sum + value * value, 0);
  for (let node = feature.length - 1; node >= 0; node--) {
    const at = left[node]!;
    if (feature[node] === LEAF) {
      means[node] = leafValues.slice(at * width, (at + 1) * width);
      continue;
    }
    const rows = cover[at]! + cover[at + 1]!;
    means[node] = means[at]!.map((value, k) => (cover[at]! * value + cover[at + 1]! * means[at + 1]![k]!) / rows);
    decrease[feature[node]!]! += Math.max(0, score(at) + score(at + 1) - score(node));
  }
  return decrease;
}

/** The largest number below value, so that ≤ it means < value. */
function justBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += value > 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0]!;
}

function refuse(reason: string): never {
  throw new ArtifactInvalidError(`not a usable ml-random-forest model: ${reason}`);
}
