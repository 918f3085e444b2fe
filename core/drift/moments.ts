/** Size, mean and spread of a sample. `std` is the sample standard deviation (n − 1), 0 below two values. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly std: number;
}

/**
 * Mean and standard deviation of a stream in one pass.
 *
 * @see Welford 1962, "Note on a Method for Calculating Corrected Sums of Squares and Products"
 */
export class RunningMoments {
  #n = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#n++;
    const step = value - this.#mean;
    this.#mean += step / this.#n;
    this.#squares += step * (value - this.#mean);
  }

  /** The mean of no values is 0. */
  result(): Moments {
    return { n: this.#n, mean: this.#mean, std: this.#n > 1 ? Math.sqrt(this.#squares / (this.#n - 1)) : 0 };
  }
}

/** Moments of a whole sample. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const moments = new RunningMoments();
  for (let i = 0; i < values.length; i++) moments.add(values[i]!);
  return moments.result();
}
