import { afterAll, expect, test } from 'vitest';
import { fitForestOnThreads } from '../../../adapters/forest/fit-forest-on-threads.js';
import { createForestThreads } from '../../../adapters/forest/forest-threads.js';
import { InvalidInputError } from '../../../core/errors.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { Forest } from '../../../core/forest/forest.js';
import type { ForestOptions } from '../../../core/forest/forest-options.js';
import type { Matrix } from '../../../core/forest/matrix.js';
import { RandomStream } from '../../../core/forest/random.js';

function randomProblem(rows: number, columns: number): { X: Matrix; y: Float64Array; weights: Float64Array } {
  const random = new RandomStream(5);
  const data = Float64Array.from({ length: rows * columns }, () =>
    random.below(20) === 0 ? Number.NaN : random.below(1000) / 7,
  );
  const y = Float64Array.from({ length: rows }, (_, r) => (data[r] || 0) * 2 + (data[rows + r] || 0) ** 2 / 50);
  return { X: { data, rows, columns }, y, weights: y.map(() => random.uniform()) };
}

function expectSameFile(actual: Forest, expected: Forest): void {
  expect(Buffer.compare(encodeForest(actual), encodeForest(expected))).toBe(0);
}

const { X, y, weights } = randomProblem(3000, 4);
const two = createForestThreads(2);
const three = createForestThreads(3);
afterAll(() => Promise.all([two.close(), three.close()]));

const classes = y.map((value) => (value > 300 ? 2 : value > 150 ? 1 : 0));
const cases: [string, Float64Array, ForestOptions][] = [
  ['regression', y, { task: 'regression', trees: 13, randomState: 8 }],
  ['weighted regression', y, { task: 'regression', trees: 7, maxLeafNodes: 40, sampleWeight: weights }],
  ['classification', classes, { task: 'classification', trees: 9, maxDepth: 8, minSamplesLeaf: 3 }],
];

test.each(cases)(
  '%s on two and on three threads is the forest of one thread, bit for bit',
  async (_, target, options) => {
    const alone = fitForest(X, target, options);
    expectSameFile(await two.fit(X, target, options), alone);
    expectSameFile(await three.fit(X, target, options), alone);
  },
);

test('reports every tree', async () => {
  const seen: number[] = [];
  await two.fit(X, y, { task: 'regression', trees: 10, maxDepth: 3 }, { onProgress: (done) => seen.push(done) });
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a cancelled fit ends with the reason, and the threads serve the next one', async () => {
  const controller = new AbortController();
  const reason = new Error('stopped by the user');
  let grown = 0;
  const fit = two.fit(
    X,
    y,
    { task: 'regression', trees: 100_000 },
    {
      signal: controller.signal,
      onProgress: () => {
        grown++;
        controller.abort(reason);
      },
    },
  );
  await expect(fit).rejects.toBe(reason);
  expect(grown).toBeLessThan(1000);
  const options: ForestOptions = { task: 'regression', trees: 2 };
  expectSameFile(await two.fit(X, y, options), fitForest(X, y, options));
});

test('a signal that is aborted already starts nothing', async () => {
  const fit = fitForestOnThreads(X, y, { task: 'regression' }, { threads: 1, signal: AbortSignal.abort() });
  await expect(fit).rejects.toThrow('aborted');
});

test('what a thread finds wrong with the data is the caller’s error', async () => {
  const data = X.data.slice();
  data[X.rows + 17] = Number.POSITIVE_INFINITY;
  const fit = two.fit({ ...X, data }, y, { task: 'regression', trees: 2 });
  await expect(fit).rejects.toThrow(InvalidInputError);
  await expect(fit).rejects.toThrow('Infinity in column 1, row 17');
  await expect(fitForestOnThreads(X, y, { task: 'regression' }, { threads: 0 })).rejects.toThrow('threads must be');
});

test('a fit asked for after the threads were closed is refused', async () => {
  const closed = createForestThreads(1);
  await closed.close();
  await expect(closed.fit(X, y, { task: 'regression', trees: 1 })).rejects.toThrow('a forest thread ended');
});
