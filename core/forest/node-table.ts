/** The nodes of the tree being grown, in typed arrays that grow by doubling and are reused from tree to tree. */
export class NodeTable {
  count = 0;
  /** Feature of the node's split (chosen, perhaps not yet made), −1 = none. */
  feature: Int32Array;
  bin: Uint8Array;
  missingLeft: Uint8Array;
  /** Left child once the split is made, else −1. */
  left: Int32Array;
  /** The node's rows are rows[start … end) of the grower. */
  start: Uint32Array;
  end: Uint32Array;
  depth: Uint16Array;
  gain: Float64Array;
  /** Id of the node's histogram, −1 = none. */
  histogram: Int32Array;
  /** Statistics of the node; shape (capacity, channels). */
  stats: Float64Array;
  /** Statistics of the left side of its split; shape (capacity, channels). */
  leftStats: Float64Array;
  readonly #channels: number;

  constructor(channels: number, capacity = 256) {
    this.#channels = channels;
    this.feature = new Int32Array(capacity);
    this.bin = new Uint8Array(capacity);
    this.missingLeft = new Uint8Array(capacity);
    this.left = new Int32Array(capacity);
    this.start = new Uint32Array(capacity);
    this.end = new Uint32Array(capacity);
    this.depth = new Uint16Array(capacity);
    this.gain = new Float64Array(capacity);
    this.histogram = new Int32Array(capacity);
    this.stats = new Float64Array(capacity * channels);
    this.leftStats = new Float64Array(capacity * channels);
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds a node over rows[start … end) and returns its index. */
  add(start: number, end: number, depth: number): number {
    if (this.count === this.feature.length) this.#double();
    const node = this.count++;
    this.feature[node] = -1;
    this.left[node] = -1;
    this.start[node] = start;
    this.end[node] = end;
    this.depth[node] = depth;
    this.gain[node] = 0;
    this.histogram[node] = -1;
    return node;
  }

  #double(): void {
    const larger = new NodeTable(this.#channels, this.feature.length * 2);
    larger.feature.set(this.feature);
    larger.bin.set(this.bin);
    larger.missingLeft.set(this.missingLeft);
    larger.left.set(this.left);
    larger.start.set(this.start);
    larger.end.set(this.end);
    larger.depth.set(this.depth);
    larger.gain.set(this.gain);
    larger.histogram.set(this.histogram);
    larger.stats.set(this.stats);
    larger.leftStats.set(this.leftStats);
    Object.assign(this, { ...larger, count: this.count });
  }
}
