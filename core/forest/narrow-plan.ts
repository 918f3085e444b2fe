import { findBin } from './bin-edges.js';
import { distinctThresholds } from './distinct-thresholds.js';
import { type Forest, LEAF } from './forest.js';
import { BLOCK_ROWS, type Plan } from './plan.js';
import { leafIndices, treeDepth } from './tree-depth.js';

/** Above every bin: a missing value that goes right. */
const BEYOND = 256;

/**
 * The plan of forests with at most 127 features, 255 distinct thresholds per feature and 65,536 nodes per tree (every
 * forest trained here on data of ordinary size). A row is first turned into bins by binary search; a node is then one
 * 32-bit word: left child (16 bits), slot of the row (8), bin (8). A feature has two slots, one with a missing value
 * below every bin and one with it above, and the node reads the one it sends missing values by. A leaf leads to
 * itself, so that all trees of a group take the same number of steps and the processor overlaps them.
 *
 * @returns null when the forest does not fit
 */
export function compileNarrowPlan(forest: Forest): Plan | null {
  const { features, trees, treeOffsets } = forest;
  if (features > 127) return null;
  const thresholds = distinctThresholds(forest);
  if (thresholds.some((ofFeature) => ofFeature.length > 255)) return null;
  for (let t = 0; t < trees; t++) if (treeOffsets[t + 1]! - treeOffsets[t]! > 0x10000) return null;

  const edgeOffsets = new Uint32Array(features + 1);
  thresholds.forEach((ofFeature, f) => {
    edgeOffsets[f + 1] = edgeOffsets[f]! + ofFeature.length;
  });
  const edges = new Float64Array(edgeOffsets[features]!);
  thresholds.forEach((ofFeature, f) => {
    edges.set(ofFeature, edgeOffsets[f]!);
  });
  const words = nodeWords(forest, edges, edgeOffsets);
  const leafOf = leafIndices(forest);
  const depths = Uint16Array.from({ length: trees }, (_, t) => treeDepth(forest, t));
  // slot 0 stays 0: leaves compare with it
  const slots = 1 + 2 * features;
  const loaded = new Uint16Array(slots * BLOCK_ROWS);

  const load = (at: number, f: number, value: number) => {
    const missing = Number.isNaN(value);
    const bin = missing ? 0 : findBin(edges, edgeOffsets[f]!, edgeOffsets[f + 1]!, value);
    loaded[at + 1 + 2 * f] = bin;
    loaded[at + 2 + 2 * f] = missing ? BEYOND : bin;
  };
  return {
    loadRow(row) {
      for (let f = 0; f < features; f++) load(0, f, row[f]!);
    },
    walkRow(leaves) {
      walkTrees(words, treeOffsets, depths, loaded, leafOf, trees, leaves);
    },
    loadBlock(data, rows, from, count) {
      for (let f = 0; f < features; f++) {
        const column = f * rows + from;
        for (let i = 0; i < count; i++) load(i * slots, f, data[column + i]!);
      }
    },
    walkBlock(t, leaves, count) {
      walkTree(words, treeOffsets[t]!, depths[t]!, loaded, slots, leafOf, leaves, count);
    },
  };
}

function nodeWords(forest: Forest, edges: Float64Array, edgeOffsets: Uint32Array): Uint32Array {
  const words = new Uint32Array(forest.feature.length);
  for (let t = 0; t < forest.trees; t++) {
    const base = forest.treeOffsets[t]!;
    for (let node = base; node < forest.treeOffsets[t + 1]!; node++) {
      const f = forest.feature[node]!;
      if (f === LEAF) {
        words[node] = (node - base) | (255 << 24);
      } else {
        const bin = findBin(edges, edgeOffsets[f]!, edgeOffsets[f + 1]!, forest.threshold[node]!);
        const slot = 1 + 2 * f + (forest.missingLeft[node] === 1 ? 0 : 1);
        words[node] = forest.left[node]! | (slot << 16) | (bin << 24);
      }
    }
  }
  return words;
}

/** One row through all trees, four trees at a time. */
function walkTrees(
  words: Uint32Array,
  offsets: Uint32Array,
  depths: Uint16Array,
  row: Uint16Array,
  leafOf: Uint32Array,
  trees: number,
  leaves: Uint32Array,
): void {
  const grouped = trees - (trees % 4);
  for (let t = 0; t < grouped; t += 4) {
    const baseA = offsets[t]!;
    const baseB = offsets[t + 1]!;
    const baseC = offsets[t + 2]!;
    const baseD = offsets[t + 3]!;
    let a = words[baseA]!;
    let b = words[baseB]!;
    let c = words[baseC]!;
    let d = words[baseD]!;
    let atA = baseA;
    let atB = baseB;
    let atC = baseC;
    let atD = baseD;
    const steps = Math.max(depths[t]!, depths[t + 1]!, depths[t + 2]!, depths[t + 3]!);
    for (let step = 0; step < steps; step++) {
      // (bin − value) >>> 31 is 1 exactly when the value's bin is above the node's
      atA = baseA + (a & 0xffff) + (((a >>> 24) - row[(a >>> 16) & 255]!) >>> 31);
      atB = baseB + (b & 0xffff) + (((b >>> 24) - row[(b >>> 16) & 255]!) >>> 31);
      atC = baseC + (c & 0xffff) + (((c >>> 24) - row[(c >>> 16) & 255]!) >>> 31);
      atD = baseD + (d & 0xffff) + (((d >>> 24) - row[(d >>> 16) & 255]!) >>> 31);
      a = words[atA]!;
      b = words[atB]!;
      c = words[atC]!;
      d = words[atD]!;
    }
    leaves[t] = leafOf[atA]!;
    leaves[t + 1] = leafOf[atB]!;
    leaves[t + 2] = leafOf[atC]!;
    leaves[t + 3] = leafOf[atD]!;
  }
  for (let t = grouped; t < trees; t++) {
    const base = offsets[t]!;
    let at = base;
    for (let step = 0; step < depths[t]!; step++) {
      const word = words[at]!;
      at = base + (word & 0xffff) + (((word >>> 24) - row[(word >>> 16) & 255]!) >>> 31);
    }
    leaves[t] = leafOf[at]!;
  }
}

/** A block of rows through one tree, four rows at a time. */
function walkTree(
  words: Uint32Array,
  base: number,
  depth: number,
  loaded: Uint16Array,
  slots: number,
  leafOf: Uint32Array,
  leaves: Uint32Array,
  count: number,
): void {
  const grouped = count - (count % 4);
  const root = words[base]!;
  for (let i = 0; i < grouped; i += 4) {
    const rowA = i * slots;
    const rowB = rowA + slots;
    const rowC = rowB + slots;
    const rowD = rowC + slots;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let atA = base;
    let atB = base;
    let atC = base;
    let atD = base;
    for (let step = 0; step < depth; step++) {
      atA = base + (a & 0xffff) + (((a >>> 24) - loaded[rowA + ((a >>> 16) & 255)]!) >>> 31);
      atB = base + (b & 0xffff) + (((b >>> 24) - loaded[rowB + ((b >>> 16) & 255)]!) >>> 31);
      atC = base + (c & 0xffff) + (((c >>> 24) - loaded[rowC + ((c >>> 16) & 255)]!) >>> 31);
      atD = base + (d & 0xffff) + (((d >>> 24) - loaded[rowD + ((d >>> 16) & 255)]!) >>> 31);
      a = words[atA]!;
      b = words[atB]!;
      c = words[atC]!;
      d = words[atD]!;
    }
    leaves[i] = leafOf[atA]!;
    leaves[i + 1] = leafOf[atB]!;
    leaves[i + 2] = leafOf[atC]!;
    leaves[i + 3] = leafOf[atD]!;
  }
  for (let i = grouped; i < count; i++) {
    let at = base;
    for (let step = 0; step < depth; step++) {
      const word = words[at]!;
      at = base + (word & 0xffff) + (((word >>> 24) - loaded[i * slots + ((word >>> 16) & 255)]!) >>> 31);
    }
    leaves[i] = leafOf[at]!;
  }
}
