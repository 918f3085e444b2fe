import { afterAll, expect, test } from 'vitest';
import { createForestThreads } from '../../../adapters/forest/forest-threads.js';
import { createMeeting, joinTeam } from '../../../adapters/forest/thread-team.js';
import { InvalidInputError } from '../../../core/errors.js';
import type { BoostingOptions } from '../../../core/forest/boosting-options.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { randomProblem } from '../../core/forest/random-problem.js';

// blocks of 1024 rows are dealt out: three threads have 2, 2 and (the last one short) 1 of them
const { X, y } = randomProblem(5000, 5, { missing: 0.05 });
const kinds = y.map((value) => (value > 80 ? 2 : value > 60 ? 1 : 0));
const pools = [1, 2, 3].map((threads) => createForestThreads(threads, 1));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

const regression = { task: 'regression', iterations: 12 } as const;
const classification = { task: 'classification', iterations: 6 } as const;
const sampleWeight = y.map((_, r) => (r % 7 === 0 ? 0 : 0.1 + (r % 5)));
const earlyStopping = { validationRatio: 0.25, patience: 2 };
const cases: Record<string, [Float64Array, BoostingOptions]> = {
  'squared error': [y, regression],
  'an l2 penalty': [y, { ...regression, l2: 3 }],
  'sample weights': [y, { ...regression, sampleWeight }],
  'two classes': [kinds.map((kind) => Math.min(kind, 1)), classification],
  'three classes, with weights': [kinds, { ...classification, sampleWeight }],
  'early stopping': [y, { ...regression, iterations: 200, learningRate: 0.9, earlyStopping }],
  'early stopping of classes': [kinds, { ...classification, iterations: 80, learningRate: 0.9, earlyStopping }],
  'few of the features at a split': [y, { ...regression, maxFeatures: 2 }],
  'leaves of single rows, and no limit to them': [
    y,
    { ...regression, iterations: 2, minSamplesLeaf: 1, maxLeafNodes: 2 ** 31 - 2 },
  ],
  'a depth limit': [y, { ...regression, maxDepth: 3 }],
  'the same target in every row': [y.map(() => 4), regression],
};

test.each(Object.entries(cases))('1, 2 and 3 threads make the same model, byte for byte: %s', async (_, problem) => {
  const [target, options] = problem;
  const expected = encodeForest(fitBoosting(X, target, options));
  for (const pool of pools) {
    expect(Buffer.compare(encodeForest(await pool.boost(X, target, options)), expected)).toBe(0);
  }
});

test('models boosted at the same time do not get into each other’s way', async () => {
  const seeds = [1, 2, 3, 4];
  const options = (randomState: number) => ({ ...regression, maxFeatures: 2, randomState });
  const models = await Promise.all(seeds.map((seed) => pools[1]!.boost(X, y, options(seed))));
  expect(models).toEqual(seeds.map((seed) => fitBoosting(X, y, options(seed))));
});

test('progress is told once per iteration; called off, all threads stop and serve on', async () => {
  const told: number[] = [];
  const control = new AbortController();
  const onProgress = (done: number) => {
    told.push(done);
    if (done === 3) control.abort(new Error('changed my mind'));
  };
  const running = pools[2]!.boost(X, y, { ...regression, iterations: 50_000 }, { signal: control.signal, onProgress });
  await expect(running).rejects.toThrow('changed my mind');
  expect(told.slice(0, 3)).toEqual([1, 2, 3]);
  expect(await pools[2]!.boost(X, y, regression)).toEqual(fitBoosting(X, y, regression));
});

test('a wrong option is the caller’s error, from all threads at once', async () => {
  await expect(pools[1]!.boost(X, y.slice(1), regression)).rejects.toThrow(InvalidInputError);
});

test('threads that end in the middle give an error', async () => {
  const pool = createForestThreads(2, 1);
  const running = pool.boost(X, y, { ...regression, iterations: 50_000 }, { onProgress: () => void pool.close() });
  await expect(running).rejects.toThrow('a forest thread ended with code 1');
});

test('a member does not wait for one that will never come', () => {
  const team = joinTeam(createMeeting(2), () => true);
  expect(() => team.sum(new Float64Array(3))).toThrow('cancelled');
});
