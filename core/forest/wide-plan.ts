import { type Forest, LEAF } from './forest.js';
import { BLOCK_ROWS, type Plan } from './plan.js';
import { leafNumbers, treeDepth } from './tree-depth.js';

/**
 * The plan of any forest: thresholds as numbers, children as absolute node indices. As in the narrow plan, a feature
 * has two slots (missing = −∞, missing = +∞) and a leaf leads to itself.
 */
export function compileWidePlan(forest: Forest): Plan {
  const { features, trees, treeOffsets } = forest;
  const nodes = forest.feature.length;
  const slot = new Uint32Array(nodes);
  const threshold = new Float64Array(nodes);
  const left = new Uint32Array(nodes);
  for (let t = 0; t < trees; t++) {
    const base = treeOffsets[t]!;
    for (let node = base; node < treeOffsets[t + 1]!; node++) {
      const f = forest.feature[node]!;
      const isLeaf = f === LEAF;
      slot[node] = isLeaf ? 0 : 1 + 2 * f + (forest.missingLeft[node] === 1 ? 0 : 1);
      threshold[node] = isLeaf ? Number.POSITIVE_INFINITY : forest.threshold[node]!;
      left[node] = isLeaf ? node : base + forest.left[node]!;
    }
  }
  const numbers = leafNumbers(forest);
  const depths = Uint16Array.from({ length: trees }, (_, t) => treeDepth(forest, t));
  const slots = 1 + 2 * features;
  // a block is made room for when the first one comes: a service that predicts single rows needs only one row
  let loaded = new Float64Array(slots);

  const load = (at: number, f: number, value: number) => {
    const missing = Number.isNaN(value);
    loaded[at + 1 + 2 * f] = missing ? Number.NEGATIVE_INFINITY : value;
    loaded[at + 2 + 2 * f] = missing ? Number.POSITIVE_INFINITY : value;
  };
  const walk = (node: number, depth: number, row: number): number => {
    let at = node;
    for (let step = 0; step < depth; step++) {
      at = left[at]! + (loaded[row + slot[at]!]! > threshold[at]! ? 1 : 0);
    }
    return numbers[at]!;
  };
  return {
    loadRow(row) {
      for (let f = 0; f < features; f++) load(0, f, row[f]!);
    },
    walkRow(out) {
      for (let t = 0; t < trees; t++) out[t] = walk(treeOffsets[t]!, depths[t]!, 0);
    },
    loadBlock(data, rows, from, count) {
      if (loaded.length < slots * count) loaded = new Float64Array(slots * BLOCK_ROWS);
      for (let f = 0; f < features; f++) {
        const column = f * rows + from;
        for (let i = 0; i < count; i++) load(i * slots, f, data[column + i]!);
      }
    },
    addBlock(first, step, out, count) {
      for (let t = first; t < trees; t += step) {
        for (let i = 0; i < count; i++) out[i]! += walk(treeOffsets[t]!, depths[t]!, i * slots);
      }
    },
  };
}
