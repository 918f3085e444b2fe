import { expect, test } from 'vitest';
import { createMlRandomForestTrainer } from '../../adapters/forest/ml-random-forest-trainer.js';
import { assessDrift } from '../../core/drift/assess-drift.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../core/drift/drift-accumulator.js';
import { momentsOf } from '../../core/drift/moments.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { kFold } from '../../core/forest/k-fold.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { holdOutRows } from '../../core/training/hold-out-rows.js';
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

test('the held-out flowers are a reference for later mistakes: 20 of 60 wrong is concept drift', () => {
  const { train, test: held } = holdOutRows(iris, rows);
  const actual = targetVector(iris, held, classes);
  // one mistake among the held-out ones
  const predicted = actual.map((number, i) => (i === 0 ? (number + 1) % classes.length : number));
  const reference = buildReference(iris, train, predicted, actual);
  expect(reference.error).toMatchObject({ n: held.length, mean: expect.closeTo(1 / held.length, 12) });
  const none = { ratings: null, ratingsReference: null };
  const judged = (wrong: number) =>
    assessDrift(reference, new DriftAccumulator(reference).result(), iris.drift, {
      ...none,
      error: momentsOf(Array.from({ length: 60 }, (_, i) => (i < wrong ? 1 : 0))),
    });
  expect(judged(20)).toMatchObject({ status: 'drift', reason: 'drift in wrong_answers' });
  expect(judged(3).concept[0]).toMatchObject({ name: 'wrong_answers', status: 'stable' });
});
