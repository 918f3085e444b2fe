import { expect, test } from 'vitest';
import type { CategoryCurrent, NumericCurrent } from '../../../core/drift/current-profile.js';
import { DriftAccumulator } from '../../../core/drift/drift-accumulator.js';
import { parseReferenceProfile } from '../../../core/drift/reference-profile.js';
import { ArtifactInvalidError } from '../../../core/errors.js';
import { currentOf, reference, vectors } from './vectors.js';

test('moments, bins and the values out of range agree with numpy', () => {
  const { columns, prediction } = currentOf(vectors.current);
  for (const name of ['a', 'k', 'steady', 'prediction']) {
    const found = (name === 'prediction' ? prediction : columns[name]) as NumericCurrent;
    const expected = vectors.series[name];
    expect(found).toMatchObject({ n: 600, missing: 0, counts: expected.counts, outOfRange: expected.out_of_range });
    expect([found.mean, found.std]).toEqual([expect.closeTo(expected.mean, 9), expect.closeTo(expected.std, 9)]);
  }
});

test('the reference has numpy’s decile edges and survives JSON', () => {
  for (const name of ['a', 'k', 'steady']) {
    const series = reference.columns[name]!;
    if (series.kind !== 'numeric') throw new Error(`${name} should be numeric`);
    expect(series.edges).toEqual(vectors.series[name].edges.map((edge: number) => expect.closeTo(edge, 9)));
  }
  expect(parseReferenceProfile(JSON.parse(JSON.stringify(reference)))).toEqual(reference);
  expect(() => parseReferenceProfile({ ...reference, rows: 'many' })).toThrow(ArtifactInvalidError);
});

test('a million rows are counted exactly and sampled within bounds, without bias', () => {
  const accumulator = new DriftAccumulator(reference, 3);
  for (let i = 0; i < 1_000_000; i++) accumulator.add({ a: i, k: null, steady: 1, c: i % 2 ? 'C0 ' : `new ${i}` }, i);
  const { rows, columns } = accumulator.result();
  const a = columns.a as NumericCurrent;
  expect([rows, a.n, a.mean, a.sample.length]).toEqual([1_000_000, 1_000_000, expect.closeTo(499_999.5, 3), 5_000]);
  // the mean of 5,000 draws from 0 … 999,999 has a standard error of 4,082
  const mean = a.sample.reduce((sum, value) => sum + value, 0) / 5_000;
  expect(Math.abs(mean - 499_999.5)).toBeLessThan(4 * 4_082);
  expect(columns.k).toMatchObject({ n: 0, missing: 1_000_000 });
  expect(columns.c).toMatchObject({ n: 1_000_000, unseen: 500_000, unseenExamples: { length: 10 } });
  expect((columns.c as CategoryCurrent).counts[0]).toBe(500_000);
});
