/** The nodes that have a split to make: the last one first, or (best first) the one with the largest gain. */
export class Frontier {
  readonly #bestFirst: boolean;
  #nodes = new Int32Array(64);
  #gains = new Float64Array(64);
  size = 0;

  constructor(bestFirst: boolean) {
    this.#bestFirst = bestFirst;
  }

  clear(): void {
    this.size = 0;
  }

  push(node: number, gain: number): void {
    if (this.size === this.#nodes.length) {
      const nodes = new Int32Array(this.size * 2);
      nodes.set(this.#nodes);
      this.#nodes = nodes;
      const gains = new Float64Array(this.size * 2);
      gains.set(this.#gains);
      this.#gains = gains;
    }
    let i = this.size++;
    while (this.#bestFirst && i > 0) {
      const parent = (i - 1) >>> 1;
      if (!this.#before(node, gain, parent)) break;
      this.#put(i, this.#nodes[parent]!, this.#gains[parent]!);
      i = parent;
    }
    this.#put(i, node, gain);
  }

  /** The next node; only when size > 0. */
  pop(): number {
    const last = --this.size;
    if (!this.#bestFirst) return this.#nodes[last]!;
    const top = this.#nodes[0]!;
    const node = this.#nodes[last]!;
    const gain = this.#gains[last]!;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#before(this.#nodes[child + 1]!, this.#gains[child + 1]!, child)) child++;
      if (this.#before(node, gain, child)) break;
      this.#put(i, this.#nodes[child]!, this.#gains[child]!);
      i = child;
    }
    this.#put(i, node, gain);
    return top;
  }

  /** Does (node, gain) come before the entry at `i`? Equal gains: the older node first. */
  #before(node: number, gain: number, i: number): boolean {
    return gain > this.#gains[i]! || (gain === this.#gains[i]! && node < this.#nodes[i]!);
  }

  #put(i: number, node: number, gain: number): void {
    this.#nodes[i] = node;
    this.#gains[i] = gain;
  }
}
