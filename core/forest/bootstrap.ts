import { RandomStream } from './random.js';

/** The stream of random numbers that belongs to one tree. */
export function treeRandom(randomState: number, tree: number): RandomStream {
  return new RandomStream(randomState, tree + 1);
}

/**
 * Draws as many rows as there are, with replacement: `counts[r]` = how often row r was drawn. Without `bootstrap` every
 * row counts once and nothing is drawn. A draw of nothing but rows of weight 0 is made again.
 */
export function drawRows(
  counts: Uint16Array,
  random: RandomStream,
  bootstrap: boolean,
  sampleWeight: Float64Array | null,
): void {
  if (!bootstrap) {
    counts.fill(1);
    return;
  }
  const rows = counts.length;
  do {
    counts.fill(0);
    for (let i = 0; i < rows; i++) counts[random.below(rows)]! += 1;
  } while (sampleWeight !== null && !counts.some((count, r) => count > 0 && sampleWeight[r]! > 0));
}
