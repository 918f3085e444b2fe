/** `missingLeft` of a split whose node has no missing values: they will follow the larger child. */
export const UNDECIDED = 2;

/** Words of the bitmap that marks occupied bins: 256 bits. */
const BITMAP_WORDS = 8;

/**
 * One search for the best split of a node: the occupied bins of the feature at hand, and the best split so far.
 * One object serves a grower for all its nodes, so that a search allocates nothing.
 */
export class SplitSearch {
  /** Finite bins of the feature that hold rows of the node, ascending; `occupiedCount` of them. */
  readonly occupied = new Uint8Array(256);
  occupiedCount = 0;
  /** Rows of the node miss the feature. */
  missingHere = false;
  readonly bitmap = new Int32Array(BITMAP_WORDS);

  /** Statistics of the node, `channels` numbers. */
  readonly total: Float64Array;
  /** Statistics of the left side of the best split. */
  readonly left: Float64Array;
  /** Score of the best split so far; higher is better. */
  score = 0;
  feature = -1;
  bin = 0;
  missingLeft = 0;

  constructor(channels: number) {
    this.total = new Float64Array(channels);
    this.left = new Float64Array(channels);
  }

  reset(): void {
    this.score = Number.NEGATIVE_INFINITY;
    this.feature = -1;
  }

  /** Is there more than one value, so that the feature can split the node? */
  get varies(): boolean {
    return this.occupiedCount + (this.missingHere ? 1 : 0) > 1;
  }

  /** Lists the bins whose last channel (the row count) is not 0. */
  listOccupied(histogram: Float64Array, firstBin: number, finite: number, hasMissing: number, channels: number): void {
    const { occupied } = this;
    let count = 0;
    let at = firstBin * channels + channels - 1;
    for (let bin = 0; bin < finite; bin++, at += channels) {
      if (histogram[at] !== 0) occupied[count++] = bin;
    }
    this.occupiedCount = count;
    this.missingHere = hasMissing === 1 && histogram[at] !== 0;
  }

  /** Lists the bins marked in the bitmap and clears it. */
  listMarked(finite: number, hasMissing: number): void {
    const { occupied, bitmap } = this;
    let count = 0;
    for (let w = 0; w < BITMAP_WORDS; w++) {
      let word = bitmap[w]!;
      while (word !== 0) {
        const lowest = word & -word;
        occupied[count++] = (w << 5) + 31 - Math.clz32(lowest);
        word ^= lowest;
      }
      bitmap[w] = 0;
    }
    this.missingHere = hasMissing === 1 && count > 0 && occupied[count - 1] === finite;
    this.occupiedCount = this.missingHere ? count - 1 : count;
  }

  /**
   * Records split k of a scan (left = occupied bins 0 … k) as the best.
   * The threshold lies halfway between the bins it separates, so that an empty stretch is shared by both sides.
   */
  take(feature: number, k: number, finite: number, missingLeft: number, score: number): void {
    this.feature = feature;
    this.missingLeft = this.missingHere ? missingLeft : UNDECIDED;
    this.score = score;
    this.bin = k + 1 < this.occupiedCount ? (this.occupied[k]! + this.occupied[k + 1]! - 1) >> 1 : finite - 1;
  }
}
