import { RandomStream } from '../../core/forest/random.js';

export interface Fold {
  readonly seed: number;
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Small data need every row as a test row to be measured at all. */
const CROSS_VALIDATED_BELOW = 1000;

/** For each seed, a random fifth held out; of small data, each fifth in turn. */
export function foldsOf(rows: number, seeds: readonly number[]): Fold[] {
  return seeds.flatMap((seed) => {
    const random = new RandomStream(seed, 77);
    const part = Array.from({ length: rows }, (_, r) => r % 5);
    for (let i = rows - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [part[i], part[j]] = [part[j]!, part[i]!];
    }
    const parts = rows < CROSS_VALIDATED_BELOW ? [0, 1, 2, 3, 4] : [0];
    const all = part.map((_, r) => r);
    return parts.map((held) => ({
      seed,
      train: all.filter((r) => part[r] !== held),
      test: all.filter((r) => part[r] === held),
    }));
  });
}
