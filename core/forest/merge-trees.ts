import { InvalidInputError } from '../errors.js';
import type { Forest } from './forest.js';
import { assembleForest, type TreeArrays } from './forest-builder.js';

/**
 * Joins parts of one forest, grown by `growTrees` over ranges that follow on one another, in any order.
 *
 * @throws {InvalidInputError} when parts are of different models, or trees are missing or double
 */
export function mergeTrees(parts: readonly Forest[]): Forest {
  const ordered = [...parts].sort((a, b) => a.firstTree - b.firstTree);
  const first = ordered[0];
  if (first === undefined) throw new InvalidInputError('there are no parts to merge');
  let next = first.firstTree;
  for (const part of ordered) {
    for (const field of ['algorithm', 'task', 'features', 'classes', 'leafWidth'] as const) {
      if (part[field] !== first[field]) {
        throw new InvalidInputError(`parts of different models: ${field} ${part[field]} and ${first[field]}`);
      }
    }
    if (part.firstTree !== next) {
      throw new InvalidInputError(`expected a part that starts at tree ${next}, got one at tree ${part.firstTree}`);
    }
    next += part.trees;
  }
  const { algorithm, task, features, classes, firstTree, leafWidth, baseline } = first;
  const shape = { algorithm, task, features, classes, firstTree, leafWidth, baseline };
  return assembleForest(shape, ordered.flatMap(treesOf));
}

/** A forest's trees as separate arrays (views on the forest's own). */
function treesOf(forest: Forest): TreeArrays[] {
  return Array.from({ length: forest.trees }, (_, t) => {
    const from = forest.treeOffsets[t]!;
    const to = forest.treeOffsets[t + 1]!;
    const leafFrom = forest.leafOffsets[t]! * forest.leafWidth;
    const leafTo = forest.leafOffsets[t + 1]! * forest.leafWidth;
    return {
      feature: forest.feature.subarray(from, to),
      threshold: forest.threshold.subarray(from, to),
      left: forest.left.subarray(from, to),
      missingLeft: forest.missingLeft.subarray(from, to),
      cover: forest.cover.subarray(from, to),
      leafValues: forest.leafValues.subarray(leafFrom, leafTo),
      impurityDecrease: forest.impurityDecrease.subarray(t * forest.features, (t + 1) * forest.features),
    };
  });
}
