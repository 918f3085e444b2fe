import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainRow } from '../../../core/forest/explain-row.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { Forest } from '../../../core/forest/forest.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { rawScores } from '../../../core/forest/raw-scores.js';
import { forestFromArrays, type SklearnTree } from './forest-from-arrays.js';
import { randomProblem } from './random-problem.js';

interface ShapCase {
  name: string;
  trees: SklearnTree[];
  rows: number[][];
  predictions: number[][];
  baseValues: number[];
  contributions: number[][][];
}

const vectors = new URL('../../vectors/forest-shap.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as { cases: ShapCase[] };

test.each(cases)(
  'gives the shap package’s values: $name',
  ({ trees, rows, predictions, baseValues, contributions }) => {
    const outputs = baseValues.length;
    const features = rows[0]!.length;
    const forest = forestFromArrays(trees, features, outputs > 1 ? outputs : 0);
    rows.forEach((row, i) => {
      const explanation = explainRow(forest, Float64Array.from(row));
      baseValues.forEach((expected, k) => {
        expect(explanation.baseValues[k]).toBeCloseTo(expected, 8);
        let sum = explanation.baseValues[k]!;
        for (let f = 0; f < features; f++) {
          const contribution = explanation.contributions[f * outputs + k]!;
          expect(contribution).toBeCloseTo(contributions[i]![f]![k]!, 8);
          sum += contribution;
        }
        expect(sum).toBeCloseTo(predictions[i]![k]!, 8);
      });
    });
  },
);

function largestGap(forest: Forest, rows: readonly Float64Array[]): number {
  const outputs = forest.baseline.length;
  let gap = 0;
  for (const row of rows) {
    const { baseValues, contributions } = explainRow(forest, row);
    const scores = rawScores(forest, row);
    for (let k = 0; k < outputs; k++) {
      let sum = baseValues[k]!;
      for (let f = 0; f < forest.features; f++) sum += contributions[f * outputs + k]!;
      gap = Math.max(gap, Math.abs(sum - scores[k]!));
    }
  }
  return gap;
}

const { X, y, rowOf } = randomProblem(1500, 4, { missing: 0.1 });
const rows = Array.from({ length: 50 }, (_, i) => rowOf(i * 7));
const kinds = y.map((value) => (value > 80 ? 2 : value > 60 ? 1 : 0));

test('contributions and base value add up to the prediction, with missing values and features met again on a path', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 20 });
  expect(largestGap(forest, rows)).toBeLessThan(1e-6);
  const { baseValues, contributions } = explainRow(forest, rows[0]!);
  const sum = baseValues[0]! + contributions.reduce((a, b) => a + b, 0);
  expect(Math.abs(sum - predictRow(forest, rows[0]!))).toBeLessThan(1e-6);
});

test('they add up for class probabilities and for boosting’s scores', () => {
  expect(largestGap(fitForest(X, kinds, { task: 'classification', trees: 10 }), rows)).toBeLessThan(1e-6);
  expect(largestGap(fitBoosting(X, y, { task: 'regression', iterations: 20 }), rows)).toBeLessThan(1e-6);
  expect(largestGap(fitBoosting(X, kinds, { task: 'classification', iterations: 20 }), rows)).toBeLessThan(1e-6);
});

test('a feature that no tree uses contributes nothing', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 10, maxDepth: 1 });
  const used = new Set([...forest.feature].filter((f) => f !== 0xffff));
  expect(used.has(3)).toBe(false);
  expect(explainRow(forest, rows[0]!).contributions[3]).toBe(0);
});
