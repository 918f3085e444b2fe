import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profileColumns } from '../../../core/dataset/profile-rows.js';
import { quantile } from '../../../core/dataset/quantile.js';
import { InvalidInputError } from '../../../core/errors.js';

const vectors = JSON.parse(readFileSync(new URL('../../vectors/dataset.json', import.meta.url), 'utf8'));

test('quantiles agree with numpy', () => {
  for (const { sample, q, value } of vectors.quantiles) expect(quantile(sample, q)).toBeCloseTo(value, 10);
});

test('a quantile of nothing, or beyond 0..1, is refused', () => {
  expect(() => quantile([], 0.5)).toThrow(InvalidInputError);
  expect(() => quantile([1], 1.5)).toThrow('q must lie in 0..1, got 1.5');
});

test('a numeric column agrees with numpy and counts what is missing', () => {
  const rows = [...vectors.profile.values.map((v: number) => ({ a: v })), { a: null }, {}];
  const profile = profileColumns(rows, ['a']).a!;
  if (profile.kind !== 'numeric') throw new Error(`expected numeric, got ${profile.kind}`);
  expect(profile.missing).toBe(2);
  expect(profile.mean).toBeCloseTo(vectors.profile.mean, 9);
  expect(profile.std).toBeCloseTo(vectors.profile.std, 9);
  for (const [i, decile] of profile.deciles.entries()) expect(decile).toBeCloseTo(vectors.profile.deciles[i], 9);
});

test('a category column lists the most frequent first, at most 20, ties by name', () => {
  const rows = [...'bbbaacc'].map((c) => ({ c }));
  expect(profileColumns(rows, ['c']).c).toEqual({
    kind: 'category',
    missing: 0,
    distinct: 3,
    top: [
      ['b', 3],
      ['a', 2],
      ['c', 2],
    ],
  });
  const many = Array.from({ length: 50 }, (_, i) => ({ c: `x${i}` }));
  expect(profileColumns(many, ['c']).c).toMatchObject({ distinct: 50, top: { length: 20 } });
});

test('a column without any value is a category with none', () => {
  expect(profileColumns([{ a: null }], ['a']).a).toEqual({ kind: 'category', missing: 1, distinct: 0, top: [] });
});
