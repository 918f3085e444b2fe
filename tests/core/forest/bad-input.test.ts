import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { explainRow } from '../../../core/forest/explain-row.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { ForestOptions } from '../../../core/forest/forest-options.js';
import { growTrees } from '../../../core/forest/grow-trees.js';
import { impurityImportances } from '../../../core/forest/importances.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { mergeTrees } from '../../../core/forest/merge-trees.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictProba } from '../../../core/forest/predict-proba.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { treePredictions } from '../../../core/forest/tree-predictions.js';

const X = matrixFromRows([
  [1, 5],
  [2, 5],
  [3, 5],
  [4, 5],
]);
const y = Float64Array.of(1, 2, 3, 4);

describe('absurd options are refused with their name, their value and what is allowed', () => {
  test.each<[Partial<Record<keyof ForestOptions, unknown>>, string]>([
    [{ trees: 0 }, 'trees must be an integer from 1 to 100000, got 0'],
    [{ trees: 1e9 }, 'trees must be an integer from 1 to 100000, got 1000000000'],
    [{ trees: 2.5 }, 'got 2.5'],
    [{ maxDepth: -1 }, 'maxDepth must be an integer from 1 to 512, got -1'],
    [{ maxDepth: Number.NaN }, 'maxDepth must be an integer from 1 to 512, got NaN'],
    [{ maxDepth: '10' }, 'maxDepth must be an integer from 1 to 512, got "10"'],
    [{ minSamplesLeaf: 0 }, 'minSamplesLeaf must be an integer from 1'],
    [{ minSamplesSplit: 1 }, 'minSamplesSplit must be an integer from 2'],
    [{ maxLeafNodes: 1 }, 'maxLeafNodes must be an integer from 2'],
    [{ maxBins: 257 }, 'maxBins must be an integer from 2 to 256, got 257'],
    [{ maxFeatures: 3 }, 'an integer from 1 to 2 (the features there are), got 3'],
    [{ maxFeatures: 'log2' }, 'maxFeatures must be "all", "sqrt"'],
    [{ maxFeatures: 0 }, 'maxFeatures must be'],
    [{ bootstrap: 'yes' }, 'bootstrap must be true or false, got "yes"'],
    [{ randomState: -1 }, 'randomState must be an integer from 0'],
    [{ task: 'ranking' }, 'task must be "regression" or "classification", got "ranking"'],
    [{ sampleWeight: Float64Array.of(1, 1) }, 'sampleWeight has 2 values for 4 rows'],
    [{ sampleWeight: Float64Array.of(1, -1, 1, 1) }, 'sampleWeight has -1 in row 1'],
    [{ sampleWeight: new Float64Array(4) }, 'sampleWeight is 0 for every row'],
    [{ task: 'classification', classes: 0 }, 'classes must be an integer from 1 to 1024, got 0'],
  ])('%o', (options, message) => {
    const train = () => fitForest(X, y, { task: 'regression', ...options } as ForestOptions);
    expect(train).toThrow(InvalidInputError);
    expect(train).toThrow(message);
  });

  test('all of them at once, as problems by field', () => {
    try {
      fitForest(X, y, { task: 'regression', trees: 0, maxDepth: -1 });
      expect.unreachable();
    } catch (error) {
      expect((error as InvalidInputError).problems.map(({ field, value }) => [field, value])).toEqual([
        ['trees', 0],
        ['maxDepth', -1],
      ]);
    }
  });
});

describe('data that cannot be used are refused with their place', () => {
  test.each<[string, () => unknown, string]>([
    [
      'infinite feature',
      () =>
        fitForest(
          matrixFromRows([
            [1, 2],
            [3, -Infinity],
          ]),
          Float64Array.of(1, 2),
          { task: 'regression' },
        ),
      'X has -Infinity in column 1, row 1',
    ],
    ['target NaN', () => fitForest(X, Float64Array.of(1, NaN, 3, 4), { task: 'regression' }), 'y has NaN in row 1'],
    [
      'target infinite',
      () => fitForest(X, Float64Array.of(1, 2, 3, Infinity), { task: 'regression' }),
      'y has Infinity in row 3',
    ],
    [
      'class 1.5',
      () => fitForest(X, Float64Array.of(0, 1.5, 0, 1), { task: 'classification' }),
      'y has 1.5 in row 1; classes are the integers',
    ],
    [
      'class out of range',
      () => fitForest(X, Float64Array.of(0, 2, 0, 1), { task: 'classification', classes: 2 }),
      'classes are the integers 0 to 1',
    ],
    ['no rows', () => fitForest(matrixFromRows([]), new Float64Array(0), { task: 'regression' }), 'at least one row'],
    ['rows of different length', () => matrixFromRows([[1, 2], [3]]), 'row 1 has 1 values, the first row has 2'],
    [
      'data of the wrong size',
      () => fitForest({ data: new Float64Array(7), rows: 4, columns: 2 }, y, { task: 'regression' }),
      'needs 8 values, got 7',
    ],
    [
      'target of the wrong size',
      () => fitForest(X, Float64Array.of(1), { task: 'regression' }),
      'y has 1 values for 4 rows',
    ],
    ['boosting too', () => fitBoosting(X, Float64Array.of(1, NaN, 3, 4), { task: 'regression' }), 'y has NaN in row 1'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(InvalidInputError);
    expect(act).toThrow(message);
  });
});

describe('poor data give a sensible model', () => {
  test('one row: its value, everywhere', () => {
    const forest = fitForest(matrixFromRows([[3, 4]]), Float64Array.of(9), { task: 'regression', trees: 3 });
    expect(predictRow(forest, Float64Array.of(-100, NaN))).toBe(9);
    expect(explainRow(forest, Float64Array.of(0, 0))).toEqual({
      baseValues: Float64Array.of(9),
      contributions: new Float64Array(2),
    });
    expect(
      predictRow(
        fitBoosting(matrixFromRows([[3, 4]]), Float64Array.of(9), { task: 'regression' }),
        Float64Array.of(0, 0),
      ),
    ).toBe(9);
  });

  test('all-equal target: exactly that value, no splits, no importances', () => {
    const forest = fitForest(X, new Float64Array(4).fill(0.1), { task: 'regression', trees: 5 });
    expect([...predictBatch(forest, X)]).toEqual([0.1, 0.1, 0.1, 0.1].map((value) => (value * 5) / 5));
    expect(forest.feature.length).toBe(5);
    expect([...impurityImportances(forest)]).toEqual([0, 0]);
  });

  test('one class: that class with certainty', () => {
    for (const train of [fitForest, fitBoosting]) {
      const model = train(X, new Float64Array(4), { task: 'classification' });
      expect(model.classes).toBe(1);
      expect(predictRow(model, Float64Array.of(1, 1))).toBe(0);
      expect(predictProba(model, Float64Array.of(1, 1))[0]).toBeCloseTo(1, 9);
    }
  });

  test('a class that has no rows gets no probability', () => {
    const forest = fitForest(X, Float64Array.of(0, 2, 0, 2), { task: 'classification', classes: 4, trees: 10 });
    const probabilities = predictProba(forest, Float64Array.of(2, 5));
    expect([probabilities.length, probabilities[1], probabilities[3]]).toEqual([4, 0, 0]);
  });

  test('constant features are never split on', () => {
    const forest = fitForest(X, y, { task: 'regression', trees: 20, maxFeatures: 1 });
    expect(new Set(forest.feature)).toEqual(new Set([0, 0xffff]));
  });

  test('more bins than values: every value has its own bin', () => {
    expect([...binMatrix(X, 256).edges]).toEqual([1.5, 2.5, 3.5]);
    expect([...binMatrix(X, 2).edges]).toHaveLength(1);
  });

  test('neighbouring doubles and extreme magnitudes are told apart', () => {
    const next = 1 + Number.EPSILON;
    const rows = matrixFromRows([[1], [next], [-1.7e308], [1.7e308]]);
    const target = Float64Array.of(1, 2, 3, 4);
    const forest = fitForest(rows, target, { task: 'regression', trees: 1, bootstrap: false });
    expect(predictBatch(forest, rows)).toEqual(target);
  });

  test('a value beyond all training values, as a new category’s code may be, is predicted like the nearest', () => {
    const forest = fitForest(X, y, { task: 'regression', trees: 10 });
    expect(predictRow(forest, Float64Array.of(1e9, 5))).toBe(predictRow(forest, Float64Array.of(4, 5)));
    expect(predictRow(forest, Float64Array.of(-Infinity, 5))).toBe(predictRow(forest, Float64Array.of(1, 5)));
  });
});

describe('predictions asked for in a wrong way are the caller’s error', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 2 });
  const classifier = fitForest(X, Float64Array.of(0, 0, 1, 1), { task: 'classification', trees: 2 });
  test.each<[string, () => unknown, string]>([
    ['row too short', () => predictRow(forest, Float64Array.of(1)), 'expected a row of 2 features, got 1'],
    ['columns', () => predictBatch(forest, matrixFromRows([[1]])), 'expected 2 features, X has 1 columns'],
    ['room for the answers', () => predictBatch(forest, X, new Float64Array(3)), 'out must hold 4 values, got 3'],
    ['probabilities of a regression', () => predictProba(forest, Float64Array.of(1, 2)), 'no class probabilities'],
    [
      'trees of a classifier',
      () => treePredictions(classifier, Float64Array.of(1, 2)),
      'only the trees of a regression',
    ],
    ['explanation', () => explainRow(forest, Float64Array.of(1)), 'expected a row of 2 features, got 1'],
    ['no trees', () => growTrees(binMatrix(X, 256), y, { task: 'regression' }, 5, 5), 'not a range'],
    ['nothing to merge', () => mergeTrees([]), 'no parts'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(InvalidInputError);
    expect(act).toThrow(message);
  });
});

test('parts grown anywhere, merged in any order, are the whole forest; gaps and doubles are refused', () => {
  const options: ForestOptions = { task: 'regression', trees: 9, randomState: 2 };
  const binned = binMatrix(X, 256);
  const parts = [
    growTrees(binned, y, options, 4, 9),
    growTrees(binned, y, options, 0, 3),
    growTrees(binned, y, options, 3, 4),
  ];
  expect(mergeTrees(parts)).toEqual(fitForest(X, y, options));
  expect(() => mergeTrees([parts[0]!, parts[1]!])).toThrow('expected a part that starts at tree 3, got one at tree 4');
  expect(() => mergeTrees([...parts, parts[1]!])).toThrow(InvalidInputError);
});
