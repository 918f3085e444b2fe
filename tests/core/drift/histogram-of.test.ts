import { expect, test } from 'vitest';
import { histogramOf } from '../../../core/drift/histogram-of.js';

test('numbers are shown over the deciles of the reference, open at both ends', () => {
  const reference = {
    kind: 'numeric' as const,
    n: 10,
    mean: 0,
    std: 1,
    missing: 0,
    min: 0,
    max: 9,
    edges: [2, 5],
    counts: [2, 3, 5],
    sample: [],
  };
  const current = {
    kind: 'numeric' as const,
    n: 4,
    mean: 0,
    std: 1,
    missing: 0,
    counts: [0, 1, 3],
    outOfRange: 0,
    sample: [],
  };
  expect(histogramOf(reference, current)).toEqual([
    { from: null, to: 2, category: null, reference: 0.2, current: 0 },
    { from: 2, to: 5, category: null, reference: 0.3, current: 0.25 },
    { from: 5, to: null, category: null, reference: 0.5, current: 0.75 },
  ]);
  expect(histogramOf(reference, { ...current, n: 0, counts: [0, 0, 0] }).map((bin) => bin.current)).toEqual([0, 0, 0]);
});

test('the rarer categories and the ones never seen before are one bin at the end', () => {
  const categories = Array.from({ length: 14 }, (_, i) => `c${i}`);
  const reference = { kind: 'category' as const, n: 140, missing: 0, categories, counts: categories.map(() => 10) };
  const current = {
    kind: 'category' as const,
    n: 100,
    missing: 0,
    counts: categories.map((_, i) => (i === 0 ? 60 : 0)),
    unseen: 40,
    unseenExamples: ['new'],
  };
  const bins = histogramOf(reference, current);
  expect(bins).toHaveLength(13);
  expect(bins[0]).toMatchObject({ category: 'c0', reference: 10 / 140, current: 0.6 });
  // two categories of ten, of 140; and the forty of a hundred that the reference does not know
  expect(bins[12]).toMatchObject({
    category: null,
    reference: expect.closeTo(20 / 140, 12),
    current: expect.closeTo(0.4, 12),
  });
});
