import { expect, test } from 'vitest';
import { BLOCK_WALK_MODULE, LANES } from '../../../core/forest/block-walk-module.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { assembleBlockWalk, LANES as MADE_LANES } from '../../../scripts/make-block-walk.js';
import { randomProblem } from './random-problem.js';

test('the module is what its text says', async () => {
  expect(BLOCK_WALK_MODULE).toBe(Buffer.from(await assembleBlockWalk()).toString('base64'));
  expect(LANES).toBe(MADE_LANES);
});

test('batches of every length around a group and a block agree with single rows, bit for bit', () => {
  const { X, y, rowOf } = randomProblem(1100, 6, { missing: 0.1 });
  const forest = fitForest(X, y, { task: 'regression', trees: 9, maxDepth: 7 });
  for (const rows of [1, 2, LANES - 1, LANES, LANES + 1, 511, 512, 513, 1025]) {
    const data = new Float64Array(rows * 6);
    for (let c = 0; c < 6; c++) data.set(X.data.subarray(c * 1100, c * 1100 + rows), c * rows);
    const batch = predictBatch(forest, { data, rows, columns: 6 });
    expect([...batch]).toEqual(Array.from({ length: rows }, (_, r) => predictRow(forest, rowOf(r))));
  }
});

test('two forests predict in turn: neither walks in the tables of the other', () => {
  const { X, y, rowOf } = randomProblem(600, 3);
  const [one, other] = [1, 2].map((randomState) => fitForest(X, y, { task: 'regression', trees: 3, randomState }));
  const first = predictBatch(one!, X);
  const second = predictBatch(other!, X);
  expect([...predictBatch(one!, X)]).toEqual([...first]);
  expect(second[7]).toBe(predictRow(other!, rowOf(7)));
  expect([...first]).not.toEqual([...second]);
});
