import { compactSizes } from './compact-sizes.js';
import { type Forest, LEAF } from './forest.js';
import { type FileHeader, HEADER_BYTES, refuse } from './forest-file.js';
import { SectionReader } from './section-reader.js';

/** Bytes of the sections whose size the header alone gives. */
function fixedBytes({ outputs, edges, trees, features, leaves, leafWidth }: FileHeader): number {
  return 8 * (outputs + edges + trees * features) + 4 * (leaves * leafWidth + leaves + features + 1 + trees);
}

/**
 * Reads the sections of a compact file and lays the trees out as a forest. The caller checks the result.
 *
 * @throws {ArtifactInvalidError} when lengths, offsets or the order of the nodes do not fit together
 */
export function decodeCompact(bytes: Uint8Array, header: FileHeader): Forest {
  const { features, classes, trees, leafWidth, outputs, nodes, leaves } = header;
  const inner = nodes - leaves;
  const fixed = HEADER_BYTES + fixedBytes(header) + Math.ceil(inner / 8);
  if (bytes.length < fixed + nodes + inner) refuse(`${nodes} nodes need more than its ${bytes.length} bytes`);
  const reader = new SectionReader(bytes, HEADER_BYTES);
  const baseline = reader.take(Float64Array, outputs);
  const edges = reader.take(Float64Array, header.edges);
  const impurityDecrease = reader.take(Float64Array, trees * features);
  const leafValues = Float64Array.from(reader.take(Float32Array, leaves * leafWidth));
  const leafCover = reader.take(Float32Array, leaves);
  const edgeOffsets = reader.take(Uint32Array, features + 1);
  const leafCounts = reader.take(Uint32Array, trees);
  checkEdgeOffsets(edgeOffsets, edges.length);
  const { FeatureArray, BinArray, wideBins, leafMark } = compactSizes(features, edgeOffsets);
  const expected = fixed + nodes * FeatureArray.BYTES_PER_ELEMENT + inner * BinArray.BYTES_PER_ELEMENT;
  if (bytes.length !== expected) refuse(`${nodes} nodes need ${expected} bytes, got ${bytes.length}`);
  const wide = wideBins ? reader.take(BinArray, inner) : null;
  const featureOf = reader.take(FeatureArray, nodes);
  const bins = wide ?? reader.take(BinArray, inner);
  const missingBits = reader.take(Uint8Array, Math.ceil(inner / 8));

  const forest: Forest = {
    algorithm: header.algorithm === 1 ? 'boosting' : 'forest',
    task: header.task === 1 ? 'classification' : 'regression',
    features,
    classes,
    trees,
    firstTree: header.firstTree,
    leafWidth,
    baseline,
    treeOffsets: new Uint32Array(trees + 1),
    leafOffsets: new Uint32Array(trees + 1),
    feature: new Uint16Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Uint32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    cover: new Float64Array(nodes),
    leafValues,
    impurityDecrease,
  };
  let node = 0;
  let split = 0;
  let leaf = 0;
  for (let t = 0; t < trees; t++) {
    const base = node;
    const end = base + 2 * leafCounts[t]! - 1;
    const firstLeaf = leaf;
    if (leafCounts[t]! < 1 || end > nodes) refuse(`tree ${t} has ${leafCounts[t]} leaves`);
    let nextChild = 1;
    for (; node < end; node++) {
      const f = featureOf[node]!;
      if (f === leafMark) {
        if (leaf === leaves) refuse(`tree ${t} has too many leaves`);
        forest.feature[node] = LEAF;
        forest.left[node] = leaf - firstLeaf;
        forest.cover[node] = leafCover[leaf++]!;
        continue;
      }
      const first = edgeOffsets[f];
      if (f >= features || first === undefined) refuse(`node ${node} tests feature ${f} of ${features}`);
      if (split === inner || first + bins[split]! >= edgeOffsets[f + 1]!) refuse(`node ${node} has no threshold`);
      forest.feature[node] = f;
      forest.threshold[node] = edges[first + bins[split]!]!;
      forest.missingLeft[node] = (missingBits[split >>> 3]! >>> (split & 7)) & 1;
      forest.left[node] = nextChild;
      nextChild += 2;
      split++;
    }
    addCovers(forest, base, end, t);
    forest.treeOffsets[t + 1] = node;
    forest.leafOffsets[t + 1] = leaf;
  }
  return forest;
}

/** Sums up the covers of inner nodes from their children, which come after them. */
function addCovers(forest: Forest, base: number, end: number, t: number): void {
  for (let node = end - 1; node >= base; node--) {
    if (forest.feature[node] === LEAF) continue;
    const left = base + forest.left[node]!;
    if (left <= node || left + 1 >= end) refuse(`the nodes of tree ${t} are not in breadth-first order`);
    forest.cover[node] = forest.cover[left]! + forest.cover[left + 1]!;
  }
}

function checkEdgeOffsets(edgeOffsets: Uint32Array, edges: number): void {
  for (let f = 0; f + 1 < edgeOffsets.length; f++) {
    if (edgeOffsets[f + 1]! < edgeOffsets[f]!) refuse(`the thresholds of feature ${f} are out of order`);
  }
  if (edgeOffsets[0] !== 0 || edgeOffsets.at(-1) !== edges) refuse('the features do not cover all thresholds');
}
