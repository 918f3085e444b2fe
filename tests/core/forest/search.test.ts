import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { kFold } from '../../../core/forest/k-fold.js';
import { type SearchSpace, sampleTrials } from '../../../core/forest/search-space.js';
import { planHalving, survivors } from '../../../core/forest/successive-halving.js';

const space: SearchSpace = {
  maxDepth: { kind: 'integer', from: 4, to: 16 },
  learningRate: { kind: 'number', from: 0.01, to: 1, scale: 'log' },
  maxFeatures: { kind: 'choice', values: ['all', 'sqrt', 0.5] },
};

test('the same seed draws the same trials, whatever the order of declaration and however many are asked for', () => {
  const turned = Object.fromEntries(Object.entries(space).reverse());
  expect(sampleTrials(turned, 5, 3)).toEqual(sampleTrials(space, 20, 3).slice(0, 5));
  expect(sampleTrials(space, 5, 4)).not.toEqual(sampleTrials(space, 5, 3));
});

test('trials stay within the space and reach all of it', () => {
  const trials = sampleTrials(space, 2000, 1);
  const depths = new Set(trials.map(({ maxDepth }) => maxDepth));
  expect([...depths].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 13 }, (_, i) => 4 + i));
  const rates = trials.map(({ learningRate }) => Number(learningRate));
  expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.01);
  expect(Math.max(...rates)).toBeLessThanOrEqual(1);
  // half of the draws lie below the geometric mean of the ends
  const below = rates.filter((rate) => rate < 0.1).length / 2000;
  expect(Math.abs(below - 0.5)).toBeLessThan(0.05);
  expect(new Set(trials.map(({ maxFeatures }) => maxFeatures))).toEqual(new Set(['all', 'sqrt', 0.5]));
});

test('a space that is not well formed is refused with the name of each dimension', () => {
  const draw = (bad: SearchSpace) => () => sampleTrials(bad, 1, 0);
  expect(draw({ a: { kind: 'choice', values: [] } })).toThrow('a has no values to choose from');
  expect(draw({ b: { kind: 'integer', from: 5, to: 4 } })).toThrow('b needs from ≤ to, got 5 and 4');
  expect(draw({ c: { kind: 'integer', from: 0.5, to: 4 } })).toThrow('c needs whole numbers');
  expect(draw({ d: { kind: 'number', from: 0, to: 1, scale: 'log' } })).toThrow('d needs from > 0');
  expect(() => sampleTrials(space, 0, 0)).toThrow(InvalidInputError);
});

test('27 trials halve by 3 while trees grow by 3, as in the paper', () => {
  expect(planHalving({ trials: 27, minResource: 10, maxResource: 270 })).toEqual([
    { trials: 27, resource: 10 },
    { trials: 9, resource: 30 },
    { trials: 3, resource: 90 },
    { trials: 1, resource: 270 },
  ]);
});

test('every plan ends with the whole resource, and never grows in trials', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 900 }),
      (trials, minResource, more) => {
        const maxResource = minResource + more;
        const rounds = planHalving({ trials, minResource, maxResource });
        expect(rounds[0]!.trials).toBe(trials);
        expect(rounds.at(-1)!.resource).toBe(maxResource);
        for (let i = 1; i < rounds.length; i++) {
          expect(rounds[i]!.trials).toBeLessThanOrEqual(rounds[i - 1]!.trials);
          expect(rounds[i]!.resource).toBeGreaterThan(rounds[i - 1]!.resource);
        }
      },
    ),
  );
});

test('the best survive, whatever order they finish in; failed trials never do', () => {
  const scores = [
    { trial: 0, score: 0.5 },
    { trial: 1, score: Number.NaN },
    { trial: 2, score: 0.9 },
    { trial: 3, score: 0.5 },
    { trial: 4, score: -3 },
  ];
  expect(survivors(scores, 2)).toEqual([2, 0]);
  expect(survivors([...scores].reverse(), 2)).toEqual([2, 0]);
  expect(survivors(scores, 10)).toEqual([2, 0, 3, 4]);
});

test('options of halving out of range are refused', () => {
  expect(() => planHalving({ trials: 0, minResource: 1, maxResource: 2 })).toThrow('trials must be 1 or more, got 0');
  expect(() => planHalving({ trials: 3, minResource: 5, maxResource: 2 })).toThrow('1 ≤ min ≤ max, got 5 and 2');
  expect(() => planHalving({ trials: 3, minResource: 1, maxResource: 2, reduction: 1 })).toThrow('reduction must be');
});

test('folds cover every row exactly once, in nearly equal parts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 300 }), fc.nat(), (k, more, seed) => {
      const rows = k + more;
      const folds = kFold(rows, k, seed);
      const tested = folds.flatMap(({ test: held }) => [...held]).sort((a, b) => a - b);
      expect(tested).toEqual(Array.from({ length: rows }, (_, r) => r));
      const sizes = folds.map(({ test: held }) => held.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      for (const { train, test: held } of folds) expect(new Set([...train, ...held]).size).toBe(rows);
    }),
  );
  expect(kFold(50, 5, 1)).toEqual(kFold(50, 5, 1));
  expect(kFold(50, 5, 1)).not.toEqual(kFold(50, 5, 2));
  expect(() => kFold(3, 4, 0)).toThrow('3 rows cannot be split into 4 folds');
});
