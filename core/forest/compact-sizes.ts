/** Uint8Array or Uint16Array, whichever the numbers need. */
interface SmallArray {
  new (length: number): Uint8Array | Uint16Array;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array | Uint16Array;
  readonly BYTES_PER_ELEMENT: number;
}

/** How wide the numbers of a compact file are; follows from the number of features and of thresholds. */
export interface CompactSizes {
  readonly FeatureArray: SmallArray;
  readonly BinArray: SmallArray;
  /** 16-bit bins come before the features, so that every section is aligned. */
  readonly wideBins: boolean;
  /** Marks a leaf among the features. */
  readonly leafMark: number;
}

/** @param edgeOffsets first threshold of each feature, shape (features + 1,) */
export function compactSizes(features: number, edgeOffsets: Uint32Array): CompactSizes {
  let most = 0;
  for (let f = 0; f < features; f++) most = Math.max(most, edgeOffsets[f + 1]! - edgeOffsets[f]!);
  const wideBins = most > 256;
  return {
    FeatureArray: features > 255 ? Uint16Array : Uint8Array,
    BinArray: wideBins ? Uint16Array : Uint8Array,
    wideBins,
    leafMark: features > 255 ? 0xffff : 0xff,
  };
}
