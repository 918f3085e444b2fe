import { type Forest, LEAF } from './forest.js';
import { refuse } from './forest-file.js';

/**
 * Checks that the arrays are trees: offsets ascend, every node but the roots has exactly one parent before it, every
 * leaf has its own values, every number is finite. A walk over a checked forest always ends in a leaf.
 *
 * @throws {ArtifactInvalidError} naming the tree and node at fault
 */
export function checkForest(forest: Forest): void {
  checkOffsets(forest);
  for (let t = 0; t < forest.trees; t++) checkTree(forest, t);
  checkFinite('baseline', forest.baseline);
  checkFinite('leafValues', forest.leafValues);
  checkFinite('impurityDecrease', forest.impurityDecrease);
}

function checkOffsets(forest: Forest): void {
  const { treeOffsets, leafOffsets, trees } = forest;
  if (treeOffsets[0] !== 0 || leafOffsets[0] !== 0) refuse('the first tree does not start at 0');
  for (let t = 0; t < trees; t++) {
    const nodes = treeOffsets[t + 1]! - treeOffsets[t]!;
    const leaves = leafOffsets[t + 1]! - leafOffsets[t]!;
    if (leaves < 1 || nodes !== 2 * leaves - 1) refuse(`tree ${t} has ${nodes} nodes and ${leaves} leaves`);
  }
  if (treeOffsets[trees] !== forest.feature.length) refuse('the trees do not cover all nodes');
  if (leafOffsets[trees]! * forest.leafWidth !== forest.leafValues.length) refuse('the trees do not cover all leaves');
}

function checkTree(forest: Forest, t: number): void {
  const base = forest.treeOffsets[t]!;
  const nodes = forest.treeOffsets[t + 1]! - base;
  const leaves = forest.leafOffsets[t + 1]! - forest.leafOffsets[t]!;
  const hasParent = new Uint8Array(nodes);
  const leafSeen = new Uint8Array(leaves);
  for (let node = 0; node < nodes; node++) {
    const at = base + node;
    const where = `node ${node} of tree ${t}`;
    const feature = forest.feature[at]!;
    const left = forest.left[at]!;
    if (node > 0 && hasParent[node] !== 1) refuse(`${where} has no parent before it`);
    if (!Number.isFinite(forest.threshold[at])) refuse(`${where} has the threshold ${forest.threshold[at]}`);
    const cover = forest.cover[at]!;
    if (!(cover > 0 && cover < Number.POSITIVE_INFINITY)) refuse(`${where} has the cover ${cover}`);
    if (forest.missingLeft[at]! > 1) refuse(`${where} has the missing branch ${forest.missingLeft[at]}`);
    if (feature === LEAF) {
      if (left >= leaves || leafSeen[left] === 1) refuse(`${where} has the leaf index ${left} of ${leaves}`);
      leafSeen[left] = 1;
    } else {
      if (feature >= forest.features) refuse(`${where} tests feature ${feature} of ${forest.features}`);
      if (left <= node || left + 1 >= nodes || hasParent[left] === 1 || hasParent[left + 1] === 1) {
        refuse(`${where} has the children ${left} and ${left + 1} of ${nodes} nodes`);
      }
      hasParent[left] = 1;
      hasParent[left + 1] = 1;
    }
  }
}

function checkFinite(name: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) refuse(`${name} holds ${values[i]} at index ${i}`);
  }
}
