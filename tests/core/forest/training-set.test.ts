import { expect, test } from 'vitest';
import { ArtifactInvalidError, InvalidInputError } from '../../../core/errors.js';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { growTrees } from '../../../core/forest/grow-trees.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { RandomStream } from '../../../core/forest/random.js';
import { matrixOfBins, selectRows, type TrainingSet } from '../../../core/forest/training-set.js';
import { decodeTrainingSet, encodeTrainingSet } from '../../../core/forest/training-set-file.js';
import { randomProblem } from './random-problem.js';

const { X, y } = randomProblem(500, 5, { missing: 0.05 });
const set: TrainingSet = { binned: binMatrix(X, 64), y, sampleWeight: y.map((value) => value / 100) };
const options = { task: 'regression', trees: 4, maxBins: 64 } as const;

test.each([
  ['with weights', set],
  ['without weights', { ...set, sampleWeight: null }],
] as const)('survives its file bit for bit: %s', (_, training) => {
  expect(decodeTrainingSet(encodeTrainingSet(training))).toEqual(training);
});

test('a forest grown from the stored set is the forest of the rows themselves', () => {
  const { binned } = decodeTrainingSet(encodeTrainingSet(set));
  expect(growTrees(binned, y, options, 0, 4)).toEqual(fitForest(X, y, options));
});

test('a truncated or changed file is refused, or is still a set whose bins all exist', () => {
  const good = encodeTrainingSet(set);
  for (let length = 0; length < good.length; length += 501) {
    expect(() => decodeTrainingSet(good.slice(0, length))).toThrow(ArtifactInvalidError);
  }
  const random = new RandomStream(4);
  let refused = 0;
  for (let i = 0; i < 300; i++) {
    const bytes = good.slice();
    bytes[random.below(good.length)] = random.below(256);
    try {
      growTrees(decodeTrainingSet(bytes).binned, y, { ...options, trees: 1, maxDepth: 3 }, 0, 1);
    } catch (error) {
      expect(error).toBeInstanceOf(ArtifactInvalidError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(50);
});

test('selected rows are the rows, in the order asked for', () => {
  const rows = Uint32Array.of(7, 3, 400);
  const part = selectRows(set, rows);
  expect([...part.y]).toEqual([y[7], y[3], y[400]]);
  expect([...part.sampleWeight!]).toEqual([y[7]! / 100, y[3]! / 100, y[400]! / 100]);
  expect(part.binned.bins.slice(8, 16)).toEqual(set.binned.bins.slice(3 * 8, 3 * 8 + 8));
  expect(() => selectRows(set, Uint32Array.of(500))).toThrow(InvalidInputError);
});

test('a forest predicts rows made of bins as the rows themselves', () => {
  const forest = fitForest(X, y, options);
  expect(predictBatch(forest, matrixOfBins(set.binned))).toEqual(predictBatch(forest, X));
});
