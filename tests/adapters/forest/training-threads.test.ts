import { afterAll, expect, test } from 'vitest';
import { createForestThreads } from '../../../adapters/forest/forest-threads.js';
import { createTrainingSetStore } from '../../../adapters/forest/training-set-store.js';
import { ArtifactInvalidError, InvalidInputError } from '../../../core/errors.js';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { mergeTrees } from '../../../core/forest/merge-trees.js';
import { RandomStream } from '../../../core/forest/random.js';
import { type FoldFit, foldScore } from '../../../core/training/fold-score.js';
import { createTestObjectStore } from '../../support/object-store.js';

const random = new RandomStream(4);
const points = Array.from({ length: 600 }, () => [random.uniform(), random.uniform(), random.uniform()]);
const X = matrixFromRows(points);
const y = Float64Array.from(points, ([a, b]) => 5 * a! + (b! > 0.4 ? 3 : 0) + random.uniform());
const set = { binned: binMatrix(X, 256), y, sampleWeight: null };
const fit: FoldFit = {
  algorithm: 'forest',
  hyperparameters: { trees: 20, maxDepth: 5 },
  task: 'regression',
  classes: 0,
  trees: 20,
  metric: 'mae',
  folds: 3,
  fold: 0,
  randomState: 1,
};
const threads = createForestThreads(2);
afterAll(() => threads.close());

test('parts grown at the same time on threads make the forest of one thread, byte for byte', async () => {
  const options = { task: 'regression', trees: 30, maxDepth: 6, randomState: 3 } as const;
  const ranges = [
    { from: 20, to: 30 },
    { from: 0, to: 7 },
    { from: 7, to: 20 },
  ];
  const parts = await Promise.all(ranges.map((range) => threads.growShard(set, options, range)));
  expect(Buffer.compare(encodeForest(mergeTrees(parts)), encodeForest(fitForest(X, y, options)))).toBe(0);
});

test('boosting on a thread is boosting here, byte for byte, and tells its progress', async () => {
  const options = { task: 'regression', iterations: 25, maxLeafNodes: 8 } as const;
  let told = 0;
  const onProgress = (done: number) => {
    told = done;
  };
  const boosted = await threads.boost(X, y, options, { onProgress });
  expect(Buffer.compare(encodeForest(boosted), encodeForest(fitBoosting(X, y, options)))).toBe(0);
  expect(told).toBe(25);
});

test('folds scored on threads, more at a time than there are threads, score as they do here', async () => {
  const fits = [0, 1, 2].flatMap((fold) => [
    { ...fit, fold },
    { ...fit, fold, algorithm: 'boosting' as const },
  ]);
  const scores = await Promise.all(fits.map((one) => threads.scoreFold(set, one)));
  expect(scores).toEqual(fits.map((one) => foldScore(set, one, () => undefined)));
});

test('hyperparameters that do not fit the data are the caller’s error', async () => {
  const bad = { ...fit, hyperparameters: { trees: 20, maxFeatures: 9 } };
  await expect(threads.scoreFold(set, bad)).rejects.toThrow(InvalidInputError);
});

test('a fold that nobody wants any more ends with the reason, and its thread serves on', async () => {
  const control = new AbortController();
  const long = { ...fit, trees: 50_000 };
  const running = threads.scoreFold(set, long, {
    signal: control.signal,
    onProgress: () => control.abort(new Error('changed my mind')),
  });
  await expect(running).rejects.toThrow(/changed my mind|cancelled/);
  expect(await threads.scoreFold(set, fit)).toBeLessThan(0);
});

test('a training set is read once per process, however many ask, and lies in shared memory', async () => {
  const objects = await createTestObjectStore();
  let reads = 0;
  const counted = { ...objects, get: (key: string) => objects.get(key).finally(() => void reads++) };
  const key = await createTrainingSetStore(objects).put('work/', set);
  expect(await createTrainingSetStore(objects).put('work/', set)).toBe(key);
  const store = createTrainingSetStore(counted);
  const [one, two] = await Promise.all([store.get(key), store.get(key)]);
  expect(one).toBe(two);
  expect(await store.get(key)).toBe(one);
  expect(reads).toBe(1);
  expect(one?.binned.bins.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(foldScore(one!, fit, () => undefined)).toBe(foldScore(set, fit, () => undefined));
});

test('the least recently used sets give way, and a set that was tampered with is refused', async () => {
  const objects = await createTestObjectStore();
  let reads = 0;
  const counted = { ...objects, get: (key: string) => objects.get(key).finally(() => void reads++) };
  const store = createTrainingSetStore(counted, { maxBytes: 20_000 });
  const keys = [];
  for (let i = 0; i < 3; i++) keys.push(await store.put('work/', { ...set, y: y.map((value) => value + i) }));
  // one set has 600 rows of 4 + 8 bytes and its edges, about 13 kB: only one is kept
  for (const key of keys) await store.get(key);
  await store.get(keys[2]!);
  await store.get(keys[0]!);
  expect(reads).toBe(4);
  await objects.put(keys[1]!, Buffer.from('something else'));
  await expect(store.get(keys[1]!)).rejects.toThrow(ArtifactInvalidError);
});
