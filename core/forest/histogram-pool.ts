/** Histograms handed out and taken back, so that a grower allocates only as many as are in use at once. */
export class HistogramPool {
  readonly #size: number;
  readonly #histograms: Float64Array[] = [];
  readonly #free: number[] = [];

  /** @param size numbers per histogram */
  constructor(size: number) {
    this.#size = size;
  }

  /** Id of a histogram filled with zeros. */
  take(): number {
    const id = this.#free.pop();
    if (id === undefined) return this.#histograms.push(new Float64Array(this.#size)) - 1;
    this.#histograms[id]!.fill(0);
    return id;
  }

  get(id: number): Float64Array {
    return this.#histograms[id]!;
  }

  /** Takes histogram `id` back; −1 is ignored. */
  release(id: number): void {
    if (id >= 0) this.#free.push(id);
  }
}
