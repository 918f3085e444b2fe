import { categoryKey, OTHER } from '../dataset/category-key.js';
import type { Value } from '../dataset/row.js';
import type { Random } from '../stats/random.js';
import { binOf } from './bin-of.js';
import type { CategoryCurrent, NumericCurrent, SeriesCurrent } from './current-profile.js';
import { RunningMoments } from './moments.js';
import type { CategoryReference, NumericReference, SeriesReference } from './reference-profile.js';

/** Takes the values of one column one by one; its memory does not grow with them. */
export interface SeriesAccumulator {
  add(value: Value | undefined): void;
  result(): SeriesCurrent;
}

/** Values kept for the tests that need values and not counts. */
const SAMPLE = 5_000;

/** @see Vitter 1985, "Random Sampling with a Reservoir" (algorithm R) */
class NumericAccumulator implements SeriesAccumulator {
  readonly #reference: NumericReference;
  readonly #moments = new RunningMoments();
  readonly #counts: number[];
  readonly #sample: number[] = [];
  readonly #random: Random;
  #n = 0;
  #missing = 0;
  #outOfRange = 0;

  constructor(reference: NumericReference, random: Random) {
    this.#reference = reference;
    this.#random = random;
    this.#counts = new Array<number>(reference.counts.length).fill(0);
  }

  add(value: Value | undefined): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.#missing++;
      return;
    }
    const slot = this.#n < SAMPLE ? this.#n : Math.floor(this.#random() * (this.#n + 1));
    if (slot < SAMPLE) this.#sample[slot] = value;
    this.#n++;
    this.#moments.add(value);
    this.#counts[binOf(this.#reference.edges, value)]!++;
    if (value < this.#reference.min || value > this.#reference.max) this.#outOfRange++;
  }

  result(): NumericCurrent {
    return {
      kind: 'numeric',
      ...this.#moments.result(),
      missing: this.#missing,
      counts: this.#counts,
      outOfRange: this.#outOfRange,
      sample: this.#sample,
    };
  }
}

const EXAMPLES = 10;

class CategoryAccumulator implements SeriesAccumulator {
  readonly #exact = new Map<string, number>();
  readonly #byKey = new Map<string, number>();
  readonly #counts: number[];
  readonly #other: number | undefined;
  readonly #examples = new Set<string>();
  #n = 0;
  #missing = 0;
  #unseen = 0;

  constructor(reference: CategoryReference) {
    for (const [i, category] of reference.categories.entries()) {
      this.#exact.set(category, i);
      this.#byKey.set(categoryKey(category), i);
    }
    this.#counts = new Array<number>(reference.counts.length).fill(0);
    this.#other = this.#byKey.get(OTHER);
  }

  add(value: Value | undefined): void {
    if (value === null || value === undefined) {
      this.#missing++;
      return;
    }
    this.#n++;
    const text = String(value);
    const index = this.#exact.get(text) ?? this.#byKey.get(categoryKey(text));
    if (index === undefined) {
      this.#unseen++;
      if (this.#examples.size < EXAMPLES) this.#examples.add(text.slice(0, 100));
    }
    const counted = index ?? this.#other;
    if (counted !== undefined) this.#counts[counted]!++;
  }

  result(): CategoryCurrent {
    return {
      kind: 'category',
      n: this.#n,
      missing: this.#missing,
      counts: this.#counts,
      unseen: this.#unseen,
      unseenExamples: [...this.#examples],
    };
  }
}

export function createSeriesAccumulator(reference: SeriesReference, random: Random): SeriesAccumulator {
  return reference.kind === 'numeric' ? new NumericAccumulator(reference, random) : new CategoryAccumulator(reference);
}
