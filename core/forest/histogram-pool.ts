/** Histograms handed out and taken back, so that a grower allocates only as many as are in use at once. */
export class HistogramPool {
  readonly #newHistogram: () => Float64Array;
  readonly #histograms: Float64Array[] = [];
  readonly #free: number[] = [];

  /** @param newHistogram makes one of zeros */
  constructor(newHistogram: () => Float64Array) {
    this.#newHistogram = newHistogram;
  }

  /** Id of a histogram filled with zeros. */
  take(): number {
    const id = this.#free.pop();
    if (id === undefined) return this.#histograms.push(this.#newHistogram()) - 1;
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
