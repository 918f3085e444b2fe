import { RandomStream } from './random.js';

/** The stream of random numbers that belongs to one tree. */
export function treeRandom(randomState: number, tree: number): RandomStream {
  return new RandomStream(randomState, tree + 1);
}

/**
 * Draws `counts.length` rows with replacement; `counts[r]` = how often row r was drawn. Without `bootstrap` every row
 * counts once and nothing is drawn.
 */
export function drawRows(counts: Uint16Array, random: RandomStream, bootstrap: boolean): void {
  if (!bootstrap) {
    counts.fill(1);
    return;
  }
  counts.fill(0);
  const rows = counts.length;
  for (let i = 0; i < rows; i++) {
    const r = random.below(rows);
    counts[r] = counts[r]! + 1;
  }
}
