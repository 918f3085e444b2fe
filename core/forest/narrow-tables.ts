/** What a narrow plan knows of its forest, as plain arrays: they can be made in one thread and used in another. */
export interface NarrowTables {
  /** All thresholds by feature, ascending. */
  readonly edges: Float64Array;
  readonly edgeOffsets: Uint32Array;
  readonly words: Uint32Array;
  /** What a leaf gives, by node. */
  readonly numbers: Float64Array;
  readonly depths: Uint16Array;
}
