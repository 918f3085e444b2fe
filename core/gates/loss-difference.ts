import { pairedBootstrap } from '../stats/paired-bootstrap.js';
import { createRandom } from '../stats/random.js';

/** Two models' mean losses on the same rows, and whether chance explains the difference. */
export interface LossDifference {
  readonly candidate: number;
  readonly incumbent: number;
  /** candidate / incumbent − 1; 0 when both are 0. */
  readonly increase: number;
  /** Interval of the mean difference, by paired bootstrap. */
  readonly low: number;
  readonly high: number;
}

/** Drawings in all: 2,000 resamples of 5,000 rows, fewer of more rows, at least 200. */
const MOST_DRAWS = 10_000_000;
const SEED = 0;

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * @param candidate loss of each row, shape (n,), n ≥ 1
 * @param incumbent on the same rows
 * @param confidence of the interval, (0, 1)
 */
export function lossDifference(candidate: Float64Array, incumbent: Float64Array, confidence = 0.95): LossDifference {
  const replicates = Math.max(200, Math.min(2_000, Math.floor(MOST_DRAWS / candidate.length)));
  const differences = candidate.map((loss, i) => loss - incumbent[i]!);
  const { low, high } = pairedBootstrap(differences, { random: createRandom(SEED), replicates, confidence });
  const [own, theirs] = [mean(candidate), mean(incumbent)];
  return { candidate: own, incumbent: theirs, increase: own === theirs ? 0 : own / theirs - 1, low, high };
}
