import { sorted } from './sorted.js';

/**
 * First Wasserstein distance between two samples: the area between their distribution functions, in the unit of the data
 * (the mean way the mass must travel). Divide by the reference's standard deviation to compare features.
 *
 * @param reference shape (m,)
 * @param current shape (n,)
 * @throws {InvalidInputError} if a sample is empty or not finite
 */
export function wassersteinDistance(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const x = sorted(reference);
  const y = sorted(current);
  let area = 0;
  let last = Math.min(x[0]!, y[0]!);
  for (let i = 0, j = 0; i < x.length || j < y.length; ) {
    const value = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    area += Math.abs(i / x.length - j / y.length) * (value - last);
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    last = value;
  }
  return area;
}
