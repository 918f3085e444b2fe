import { RandomStream } from './random.js';

/**
 * Splits row numbers at random. Both sides ascend, so that later loops walk memory forwards.
 *
 * @param eligible row numbers, ascending
 * @param ratio share held out, 0 … 1; at least one row stays on each side when there are two
 */
export function holdOut(
  eligible: Uint32Array,
  ratio: number,
  randomState: number,
): { readonly kept: Uint32Array; readonly heldOut: Uint32Array } {
  const random = new RandomStream(randomState);
  const shuffled = eligible.slice();
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = shuffled[i]!;
    shuffled[i] = shuffled[j]!;
    shuffled[j] = swapped;
  }
  const count = Math.min(shuffled.length - 1, Math.max(1, Math.round(shuffled.length * ratio)));
  return { kept: shuffled.slice(count).sort(), heldOut: shuffled.slice(0, count).sort() };
}
