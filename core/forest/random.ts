/**
 * A seeded stream of 32-bit words (sfc32, seeded through a 32-bit mixer). The state sits in a typed array so that
 * drawing allocates nothing. Stream k of a seed depends on (seed, k) alone, which is what makes a tree the same
 * whichever thread or machine grows it.
 *
 * @see https://pracrand.sourceforge.net/ (sfc32)
 */
export class RandomStream {
  readonly #state = new Uint32Array(4);

  /** @param seed safe integer ≥ 0 @param stream integer ≥ 0 */
  constructor(seed: number, stream = 0) {
    const state = this.#state;
    let mixed = mix(seed >>> 0);
    state[0] = mixed;
    mixed = mix((mixed ^ Math.floor(seed / 0x1_0000_0000)) >>> 0);
    state[1] = mixed;
    mixed = mix((mixed ^ stream) >>> 0);
    state[2] = mixed;
    state[3] = 1;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** The next 32-bit word, 0 … 2³²−1. */
  next(): number {
    const state = this.#state;
    const a = state[0]!;
    const b = state[1]!;
    const c = state[2]!;
    const word = (a + b + state[3]!) | 0;
    state[3] = state[3]! + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + word;
    return word >>> 0;
  }

  /** An integer 0 … bound−1; the bias is below bound / 2³². */
  below(bound: number): number {
    return Math.floor((this.next() * bound) / 0x1_0000_0000);
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.next() / 0x1_0000_0000;
  }
}

/** @see https://github.com/skeeto/hash-prospector (lowbias32) */
function mix(word: number): number {
  let x = (word + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
