import { expect, test } from 'vitest';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { RandomStream } from '../../../core/forest/random.js';
import { strongestFeature } from '../../../core/gates/strongest-feature.js';

const random = new RandomStream(2);
const rows = Array.from({ length: 2_000 }, () => [random.uniform(), random.uniform(), random.uniform()]);

test('finds the input that is the answer in other words', () => {
  const y = Float64Array.from(rows, ([, b]) => Math.exp(3 * b!));
  const found = strongestFeature(matrixFromRows(rows), y, ['a', 'b', 'c'], 0);
  expect(found?.name).toBe('b');
  expect(found?.score).toBeGreaterThan(0.99);
});

test('an input that explains half of the variance scores about a half', () => {
  const y = Float64Array.from(rows, ([a, , c]) => a! + c!);
  const found = strongestFeature(matrixFromRows(rows), y, ['a', 'b', 'c'], 0);
  expect(found?.score).toBeGreaterThan(0.4);
  expect(found?.score).toBeLessThan(0.55);
});

test('a rare class is no skill: only errors avoided count', () => {
  const y = Float64Array.from(rows, (_, i) => (i % 50 === 0 ? 1 : 0));
  expect(strongestFeature(matrixFromRows(rows), y, ['a', 'b', 'c'], 2)?.score).toBeLessThan(0.1);
  const told = Float64Array.from(rows, ([a]) => (a! > 0.9 ? 1 : 0));
  expect(strongestFeature(matrixFromRows(rows), told, ['a', 'b', 'c'], 2)).toMatchObject({ name: 'a' });
});

test('too few rows to cross-validate say nothing', () => {
  expect(strongestFeature(matrixFromRows(rows.slice(0, 9)), new Float64Array(9), ['a', 'b', 'c'], 0)).toBeNull();
});
