import type { Moments } from './moments.js';

/** A numeric column of the current window, counted over the reference's bins. */
export interface NumericCurrent extends Moments {
  readonly kind: 'numeric';
  readonly missing: number;
  readonly counts: readonly number[];
  /** Values below the reference's minimum or above its maximum. */
  readonly outOfRange: number;
  /** A uniform random sample of the values. */
  readonly sample: readonly number[];
}

/** A category column of the current window, counted over the reference's categories. */
export interface CategoryCurrent {
  readonly kind: 'category';
  readonly n: number;
  readonly missing: number;
  /** Values per category of the reference, at the same index. */
  readonly counts: readonly number[];
  /** Values that the reference does not know; where it has a category `other`, they are counted there too. */
  readonly unseen: number;
  /** A few of them. */
  readonly unseenExamples: readonly string[];
}

export type SeriesCurrent = NumericCurrent | CategoryCurrent;

/** What the window to be judged looks like; made row by row by `DriftAccumulator`. */
export interface CurrentProfile {
  readonly rows: number;
  readonly columns: Readonly<Record<string, SeriesCurrent>>;
  readonly prediction: SeriesCurrent;
}
