import type { Row } from '../dataset/row.js';
import { createRandom } from '../stats/random.js';
import type { CurrentProfile } from './current-profile.js';
import type { ReferenceProfile } from './reference-profile.js';
import { createSeriesAccumulator, type SeriesAccumulator } from './series-accumulator.js';

/**
 * Builds the current profile from a stream of predictions, ten million as well as ten, in memory that does not grow:
 * counts and moments are exact, each numeric column keeps a random sample of 5,000 values.
 */
export class DriftAccumulator {
  readonly #columns: readonly (readonly [string, SeriesAccumulator])[];
  readonly #prediction: SeriesAccumulator;
  #rows = 0;

  /** @param randomState seed of the samples */
  constructor(reference: ReferenceProfile, randomState = 0) {
    this.#columns = Object.entries(reference.columns).map(([name, series], i) => [
      name,
      createSeriesAccumulator(series, createRandom(randomState, i + 1)),
    ]);
    this.#prediction = createSeriesAccumulator(reference.prediction, createRandom(randomState));
  }

  /** Rows taken so far. */
  get rows(): number {
    return this.#rows;
  }

  add(input: Row, prediction: number): void {
    for (const [name, series] of this.#columns) series.add(input[name]);
    this.#prediction.add(prediction);
    this.#rows++;
  }

  result(): CurrentProfile {
    return {
      rows: this.#rows,
      columns: Object.fromEntries(this.#columns.map(([name, series]) => [name, series.result()])),
      prediction: this.#prediction.result(),
    };
  }
}
