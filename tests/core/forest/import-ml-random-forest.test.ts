import { RandomForestClassifier, RandomForestRegression } from 'ml-random-forest';
import { expect, test } from 'vitest';
import { ArtifactInvalidError } from '../../../core/errors.js';
import { explainRow } from '../../../core/forest/explain-row.js';
import { importMlRandomForest } from '../../../core/forest/import-ml-random-forest.js';
import { impurityImportances } from '../../../core/forest/importances.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { RandomStream } from '../../../core/forest/random.js';

const random = new RandomStream(2);
const rows = Array.from({ length: 120 }, () => [random.below(20), random.below(20), random.uniform()]);
const amounts = rows.map(([a, b]) => 3 * a! + (b! > 10 ? 25 : 0));
const kinds = amounts.map((amount) => (amount > 60 ? 2 : amount > 30 ? 1 : 0));
const settings = { seed: 5, nEstimators: 9, replacement: false, noOOB: true, useSampleBagging: true };

test('an imported regression forest predicts what the package predicts', () => {
  const theirs = new RandomForestRegression({ ...settings, maxFeatures: 2, selectionMethod: 'mean' });
  theirs.train(rows, amounts);
  const ours = importMlRandomForest(JSON.parse(JSON.stringify(theirs)), 3);
  const expected = theirs.predict(rows);
  rows.forEach((row, i) => {
    expect(predictRow(ours, Float64Array.from(row))).toBeCloseTo(expected[i]!, 9);
  });
  const importances = impurityImportances(ours);
  expect(importances[0]).toBeGreaterThan(importances[2]!);
  const { baseValues, contributions } = explainRow(ours, Float64Array.from(rows[0]!));
  expect(baseValues[0]! + contributions.reduce((a, b) => a + b, 0)).toBeCloseTo(expected[0]!, 6);
});

test('an imported classification forest gives the package’s majority vote', () => {
  const theirs = new RandomForestClassifier({ ...settings, maxFeatures: 3 });
  theirs.train(rows, kinds);
  const ours = importMlRandomForest(theirs.toJSON(), 3);
  expect(ours.classes).toBe(3);
  expect(rows.map((row) => predictRow(ours, Float64Array.from(row)))).toEqual(theirs.predict(rows));
});

test('whatever is not such a model is refused', () => {
  const theirs = new RandomForestRegression({ ...settings, nEstimators: 1, maxFeatures: 3, selectionMethod: 'median' });
  theirs.train(rows, amounts);
  expect(() => importMlRandomForest(theirs.toJSON(), 3)).toThrow('selection method median is not the mean');
  const model = { name: 'RFRegression', selectionMethod: 'mean' };
  const inner = { splitColumn: 0, splitValue: 1 };
  const broken = [
    null,
    7,
    {},
    { ...model, baseModel: {} },
    { ...model, baseModel: { estimators: [], indexes: [] } },
    { ...model, baseModel: { estimators: [{}], indexes: [[0]] } },
    { ...model, baseModel: { estimators: [{ root: inner }], indexes: [[0]] } },
    { ...model, baseModel: { estimators: [{ root: { distribution: 'high' } }], indexes: [[0]] } },
    {
      ...model,
      baseModel: {
        estimators: [{ root: { ...inner, left: { distribution: 1 }, right: { distribution: 2 } } }],
        indexes: [[9]],
      },
    },
  ];
  for (const json of broken) expect(() => importMlRandomForest(json, 3)).toThrow(ArtifactInvalidError);
});
