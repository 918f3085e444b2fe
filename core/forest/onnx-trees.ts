import { LEAF } from './forest.js';
import type { TreeArrays } from './forest-builder.js';
import { type OnnxEnsemble, refuseOnnx } from './onnx-ensemble.js';

/** One tree of an ONNX ensemble: its nodes' places in the attributes by node id. */
type OnnxTree = Map<number, number>;

const MODES = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GT', 'BRANCH_GTE', 'LEAF'];

/** The largest number below value, so that ≤ it means < value. */
function justBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += value > 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0]!;
}

/**
 * The trees of an ensemble, laid out as a forest's: parents before children, the right child after the left one.
 *
 * @param leafValues the numbers of a leaf, by tree and node id
 * @returns trees in the order of their ids
 * @throws {ArtifactInvalidError} naming the tree and node at fault
 */
export function onnxTrees(
  ensemble: OnnxEnsemble,
  features: number,
  leafWidth: number,
  leafValues: (tree: number, node: number) => readonly number[],
): TreeArrays[] {
  const ids = ensemble.attribute('nodes_nodeids').integers;
  const treeIds = ensemble.attribute('nodes_treeids').integers;
  const trees = new Map<number, OnnxTree>();
  ids.forEach((node, place) => {
    const id = treeIds[place] ?? refuseOnnx('its nodes are not all of a tree');
    const tree = trees.get(id) ?? new Map<number, number>();
    if (tree.has(node)) refuseOnnx(`tree ${id} has two nodes ${node}`);
    trees.set(id, tree.set(node, place));
  });
  if (trees.size === 0) refuseOnnx('it has no trees');
  const columns = nodeColumns(ensemble, ids.length);
  return [...trees]
    .sort(([a], [b]) => a - b)
    .map(([id, tree]) => layOut(id, tree, columns, features, leafWidth, (node) => leafValues(id, node)));
}

function nodeColumns(ensemble: OnnxEnsemble, count: number) {
  const column = <T>(name: string, values: readonly T[]) =>
    values.length === count ? values : refuseOnnx(`${name} has ${values.length} entries for ${count} nodes`);
  const missing = ensemble.attribute('nodes_missing_value_tracks_true').integers;
  return {
    feature: column('nodes_featureids', ensemble.attribute('nodes_featureids').integers),
    value: column('nodes_values', ensemble.attribute('nodes_values').numbers),
    mode: column('nodes_modes', ensemble.attribute('nodes_modes').strings),
    whenTrue: column('nodes_truenodeids', ensemble.attribute('nodes_truenodeids').integers),
    whenFalse: column('nodes_falsenodeids', ensemble.attribute('nodes_falsenodeids').integers),
    missing:
      missing.length === 0 ? new Array<number>(count).fill(0) : column('nodes_missing_value_tracks_true', missing),
  };
}

function rootOf(id: number, tree: OnnxTree, columns: ReturnType<typeof nodeColumns>): number {
  const children = new Set<number>();
  for (const place of tree.values()) {
    if (columns.mode[place] === 'LEAF') continue;
    children.add(columns.whenTrue[place]!).add(columns.whenFalse[place]!);
  }
  const roots = [...tree.keys()].filter((node) => !children.has(node));
  return roots.length === 1 ? roots[0]! : refuseOnnx(`tree ${id} has ${roots.length} roots`);
}

function layOut(
  id: number,
  tree: OnnxTree,
  columns: ReturnType<typeof nodeColumns>,
  features: number,
  leafWidth: number,
  leafValues: (node: number) => readonly number[],
): TreeArrays {
  const count = tree.size;
  const arrays: TreeArrays = {
    feature: new Uint16Array(count),
    threshold: new Float64Array(count),
    left: new Uint32Array(count),
    missingLeft: new Uint8Array(count),
    cover: new Float64Array(count),
    leafValues: new Float64Array(((count + 1) / 2) * leafWidth),
    impurityDecrease: new Float64Array(features),
  };
  const order = [rootOf(id, tree, columns)];
  let leaves = 0;
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    const place = tree.get(node) ?? refuseOnnx(`tree ${id} has no node ${node}`);
    const mode = columns.mode[place]!;
    if (!MODES.includes(mode)) refuseOnnx(`node ${node} of tree ${id} is of the kind ${mode}`);
    if (mode === 'LEAF') {
      arrays.feature[at] = LEAF;
      arrays.left[at] = leaves;
      arrays.cover[at] = 1;
      arrays.leafValues.set(leafValues(node), leaves++ * leafWidth);
      continue;
    }
    const feature = columns.feature[place]!;
    if (feature >= features) refuseOnnx(`node ${node} of tree ${id} tests feature ${feature} of ${features}`);
    // ours goes left when ≤: > and ≥ go the other way round
    const isAbove = mode === 'BRANCH_GT' || mode === 'BRANCH_GTE';
    const isStrict = mode === 'BRANCH_LT' || mode === 'BRANCH_GTE';
    const children = [columns.whenTrue[place]!, columns.whenFalse[place]!];
    const value = columns.value[place]!;
    arrays.feature[at] = feature;
    arrays.threshold[at] = isStrict ? justBelow(value) : value;
    arrays.missingLeft[at] = (columns.missing[place] === 1) === isAbove ? 0 : 1;
    arrays.left[at] = order.length;
    order.push(...(isAbove ? children.reverse() : children));
    if (order.length > count) refuseOnnx(`tree ${id} meets a node twice`);
  }
  if (order.length !== count || count % 2 === 0) refuseOnnx(`tree ${id} reaches ${order.length} of its ${count} nodes`);
  // the file does not tell how many rows went where: every leaf counts alike
  for (let at = count - 1; at >= 0; at--) {
    const left = arrays.left[at]!;
    if (arrays.feature[at] !== LEAF) arrays.cover[at] = arrays.cover[left]! + arrays.cover[left + 1]!;
  }
  return arrays;
}
