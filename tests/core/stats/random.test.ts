import { expect, test } from 'vitest';
import { createRandom } from '../../../core/stats/random.js';

const draw = (seed: number, stream = 0, n = 8) => Array.from({ length: n }, createRandom(seed, stream));

test('the same seed and stream give the same numbers, others give others', () => {
  expect(draw(7, 2)).toEqual(draw(7, 2));
  expect(draw(7, 2)).not.toEqual(draw(7, 3));
  expect(draw(7, 2)).not.toEqual(draw(8, 2));
});

test('numbers lie in [0, 1) with the mean and variance of a uniform', () => {
  const numbers = draw(1, 0, 100_000);
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length;
  expect(numbers.every((u) => u >= 0 && u < 1)).toBe(true);
  // 1/2 and 1/12, five standard errors
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.0046);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0012);
});

test('neighbouring streams are unrelated', () => {
  const [a, b] = [draw(1, 1, 20_000), draw(1, 2, 20_000)];
  const covariance = a.reduce((sum, u, i) => sum + (u - 0.5) * (b[i]! - 0.5), 0) / a.length;
  // correlation 0 ± 5 / √n, variance 1/12
  expect(Math.abs(covariance * 12)).toBeLessThan(0.036);
});
