import { expect, test } from 'vitest';
import { createMlRandomForestTrainer } from '../../adapters/forest/ml-random-forest-trainer.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { kFold } from '../../core/forest/k-fold.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { targetVector } from '../../core/training/target-vector.js';
import { trainingOf } from '../../core/training/training-of.js';
import { irisCsv } from '../../projects/iris/iris-csv.js';
import { iris } from '../../projects/iris/project.js';

const { rows, profile } = iris.dataset.clean(irisCsv());
const classes = [...iris.target.classes!];

test('all 150 flowers are read, 50 of each species', () => {
  expect(profile).toMatchObject({ rawRows: 150, rows: 150, ignoredColumns: [] });
  expect(profile.columns.species).toMatchObject({
    distinct: 3,
    top: [
      ['setosa', 50],
      ['versicolor', 50],
      ['virginica', 50],
    ],
  });
  // mean of Fisher's sepal lengths, as in his 1936 paper's table: 5.843 cm
  expect(profile.columns.sepal_length).toMatchObject({ mean: expect.closeTo(5.8433, 4) });
});

test('the first model has 50 trees of depth 5, candidates have 100 of depth 7', () => {
  expect(trainingOf(iris, 'BO1').training.hyperparameters).toEqual({ trees: 50, maxDepth: 5 });
  expect(trainingOf(iris, 'CO3').training.hyperparameters).toEqual({ trees: 100, maxDepth: 7 });
});

test.each(['BO1', 'CO1'])('%s names at least 93 of 100 flowers that it has not seen rightly', async (version) => {
  const { hyperparameters } = trainingOf(iris, version).training;
  const y = targetVector(iris, rows, classes);
  let right = 0;
  for (const { train, test: held } of kFold(rows.length, 5, 0, y)) {
    const pick = <T>(items: ArrayLike<T>, at: ArrayLike<number>) => Array.from(at, (i) => items[i]!);
    const target = Float64Array.from(pick(y, train));
    const encoder = fitEncoder(iris.features, pick(rows, train), target);
    const forest = await createMlRandomForestTrainer().fit(
      encodeRows(encoder, pick(rows, train)),
      target,
      { task: 'classification', classes: 3, ...hyperparameters, randomState: 1 },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    const predicted = predictBatch(forest, encodeRows(encoder, pick(rows, held)));
    right += Array.from(held).filter((row, i) => predicted[i] === y[row]).length;
  }
  expect(right / rows.length).toBeGreaterThanOrEqual(0.93);
});
