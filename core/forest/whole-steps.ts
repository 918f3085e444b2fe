/** Added and taken away again, it leaves a number below 2⁵¹ rounded to a whole one: quicker than Math.round. */
export const ROUNDING = 1.5 * 2 ** 52;

/** Smaller steps have no inverse. */
const SMALLEST_STEP = 2 ** -1000;

/** The power of two that is the smallest step in which numbers whose magnitudes add up to `total` make at most `most` steps. */
export function stepFor(total: number, most: number): number {
  return total === 0 ? 1 : Math.max(SMALLEST_STEP, 2 ** Math.ceil(Math.log2(total / most)));
}

/**
 * Rounds numbers to whole steps, in place, so fine that every sum of them is exact: sums then do not depend on their order.
 *
 * @param total sum of the magnitudes of all numbers that may ever be added up
 * @returns the step, in the unit the numbers had
 */
export function toWholeSteps(values: Float64Array, total: number): number {
  const step = stepFor(total, 2 ** 50);
  const perStep = 1 / step;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * perStep + ROUNDING - ROUNDING;
  return step;
}
