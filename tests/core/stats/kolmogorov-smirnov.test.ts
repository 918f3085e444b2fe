import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { kolmogorovExactTail } from '../../../core/stats/kolmogorov-exact-tail.js';
import { kolmogorovSmirnov } from '../../../core/stats/kolmogorov-smirnov.js';
import { kolmogorovTail } from '../../../core/stats/kolmogorov-tail.js';
import { createRandom } from '../../../core/stats/random.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.cases)('the distance of $name agrees with scipy', ({ reference, current, ks }) => {
  expectNear(kolmogorovSmirnov(reference, current).statistic, ks.statistic);
});

test.each(twoSampleVectors.cases.filter((c) => !c.ties))('the exact p of $name agrees with scipy', (vector) => {
  expectNear(kolmogorovSmirnov(vector.reference, vector.current).pValue, vector.ks.exact!, 1e-8);
});

test.each(twoSampleVectors.kolmogorov)('the limit at %d agrees with scipy.special.kolmogorov', (x, expected) => {
  expectNear(kolmogorovTail(x), expected, 1e-9);
});

test('the limit it uses for large samples is near the exact answer', () => {
  const random = createRandom(4);
  const reference = Array.from({ length: 2000 }, random);
  const current = Array.from({ length: 600 }, () => random() * 0.95);
  const { statistic, pValue } = kolmogorovSmirnov(reference, current);
  expectNear(pValue, kolmogorovExactTail(statistic, 2000, 600), 0.1);
});

test('two samples of one distribution are called different in at most 5 % of 400 tries', () => {
  const random = createRandom(11);
  const draw = (n: number) => Array.from({ length: n }, random);
  const called = Array.from({ length: 400 }, () => kolmogorovSmirnov(draw(60), draw(40)).pValue < 0.05);
  // 20 expected, the test is discrete and so a little below; 20 + 3 standard deviations
  expect(called.filter(Boolean).length).toBeLessThanOrEqual(33);
});

test.each([
  [[], [1]],
  [[1], []],
  [[1, Number.NaN], [1]],
  [[1], [Number.POSITIVE_INFINITY]],
])('refuses %j against %j', (reference: number[], current: number[]) => {
  expect(() => kolmogorovSmirnov(reference, current)).toThrow(InvalidInputError);
});
