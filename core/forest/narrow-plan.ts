import { findBin } from './bin-edges.js';
import { type BlockWalk, createBlockWalk } from './block-walk.js';
import { distinctThresholds } from './distinct-thresholds.js';
import { type Forest, LEAF } from './forest.js';
import type { NarrowTables } from './narrow-tables.js';
import type { Plan } from './plan.js';
import { leafNumbers, treeDepth } from './tree-depth.js';

/** Above every bin: a missing value that goes right. */
const BEYOND = 256;

/**
 * What the plan needs of forests with at most 127 features, 255 distinct thresholds per feature and 65,536 nodes per tree (every
 * forest trained here on data of ordinary size). A row is first turned into bins by binary search; a node is then one
 * 32-bit word: left child (16 bits), slot of the row (8), bin (8). A feature has two slots, one with a missing value
 * below every bin and one with it above, and the node reads the one it sends missing values by. A leaf leads to
 * itself, so that all trees of a group take the same number of steps and the processor overlaps them.
 *
 * @returns null when the forest does not fit
 */
export function narrowTables(forest: Forest): NarrowTables | null {
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
  return {
    edges,
    edgeOffsets,
    words: nodeWords(forest, edges, edgeOffsets),
    numbers: leafNumbers(forest),
    depths: Uint16Array.from({ length: trees }, (_, t) => treeDepth(forest, t)),
  };
}

/** The plan over tables that were made from the same forest. */
export function narrowPlan(forest: Forest, tables: NarrowTables): Plan {
  const { edges, edgeOffsets, words, numbers, depths } = tables;
  const { features, trees, treeOffsets } = forest;
  // slot 0 stays 0: leaves compare with it
  const slots = 1 + 2 * features;
  const row = new Uint16Array(slots);
  // a block is made room for when the first one comes: a service that predicts single rows needs none
  let block: BlockWalk | undefined;

  const load = (loaded: Uint16Array, at: number, f: number, value: number) => {
    const missing = Number.isNaN(value);
    const bin = missing ? 0 : findBin(edges, edgeOffsets[f]!, edgeOffsets[f + 1]!, value);
    loaded[at + 1 + 2 * f] = bin;
    loaded[at + 2 + 2 * f] = missing ? BEYOND : bin;
  };
  return {
    loadRow(values) {
      for (let f = 0; f < features; f++) load(row, 0, f, values[f]!);
    },
    walkRow(out) {
      walkTrees(words, treeOffsets, depths, row, numbers, trees, out);
    },
    loadBlock(data, rows, from, count) {
      block ??= createBlockWalk(tables, treeOffsets, slots);
      for (let f = 0; f < features; f++) {
        const column = f * rows + from;
        for (let i = 0; i < count; i++) load(block.loaded, i * slots, f, data[column + i]!);
      }
    },
    addBlock(first, step, out, count) {
      const { scores, addTree } = block!;
      scores.set(out.subarray(0, count));
      for (let t = first; t < trees; t += step) addTree(t, count);
      out.set(scores.subarray(0, count));
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
  numbers: Float64Array,
  trees: number,
  out: Float64Array,
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
    out[t] = numbers[atA]!;
    out[t + 1] = numbers[atB]!;
    out[t + 2] = numbers[atC]!;
    out[t + 3] = numbers[atD]!;
  }
  for (let t = grouped; t < trees; t++) {
    const base = offsets[t]!;
    let at = base;
    for (let step = 0; step < depths[t]!; step++) {
      const word = words[at]!;
      at = base + (word & 0xffff) + (((word >>> 24) - row[(word >>> 16) & 255]!) >>> 31);
    }
    out[t] = numbers[at]!;
  }
}
