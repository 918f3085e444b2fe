import { expect, test } from 'vitest';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { Forest } from '../../../core/forest/forest.js';
import type { ForestOptions } from '../../../core/forest/forest-options.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { treeDepth } from '../../../core/forest/tree-depth.js';
import { growNaively, predictNaively } from './naive-tree.js';
import { randomProblem } from './random-problem.js';

const X = matrixFromRows([[1], [2], [3], [10], [11], [12]]);
const y = Float64Array.of(5, 5, 5, 7, 7, 7);

function leavesOf(forest: Forest): number {
  return forest.leafValues.length / forest.leafWidth;
}

test('splits halfway between the two groups and answers each with its mean', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 1, bootstrap: false });
  expect([...forest.feature]).toEqual([0, 0xffff, 0xffff]);
  expect(forest.threshold[0]).toBe(6.5);
  expect([...predictBatch(forest, X)]).toEqual([5, 5, 5, 7, 7, 7]);
});

// few levels: every bin then holds one value and both growers see the same candidates; large enough that histograms,
// subtraction and single-feature sums all come into play
const problem = randomProblem(600, 3, { levels: 40 });
const allRows = Array.from({ length: 600 }, (_, r) => r);

test.each([
  { maxDepth: 3, minSamplesLeaf: 1 },
  { maxDepth: 7, minSamplesLeaf: 1 },
  { maxDepth: 9, minSamplesLeaf: 6 },
])('grows the tree that trying every threshold grows: %o', (limits) => {
  const ones = new Float64Array(600).fill(1);
  const naive = growNaively(problem.X, problem.y, ones, allRows, limits);
  const forest = fitForest(problem.X, problem.y, { task: 'regression', trees: 1, bootstrap: false, ...limits });
  for (const r of allRows) {
    const row = problem.rowOf(r);
    expect(predictRow(forest, row)).toBeCloseTo(predictNaively(naive, row), 9);
  }
});

test('sample weights change the tree exactly as they change the sums', () => {
  const weight = Float64Array.from(allRows, (r) => (r % 5) / 2);
  const limits = { maxDepth: 6, minSamplesLeaf: 4 };
  const naive = growNaively(
    problem.X,
    problem.y,
    weight,
    allRows.filter((r) => weight[r]! > 0),
    limits,
  );
  const options: ForestOptions = { task: 'regression', trees: 1, bootstrap: false, sampleWeight: weight, ...limits };
  const forest = fitForest(problem.X, problem.y, options);
  // rows of weight 0 only shape the bins
  for (const r of allRows.filter((row) => weight[row]! > 0)) {
    expect(predictRow(forest, problem.rowOf(r))).toBeCloseTo(predictNaively(naive, problem.rowOf(r)), 9);
  }
});

test('whole-number weights and repeated rows are the same forest of decisions', () => {
  const weight = Float64Array.from(allRows, (r) => 1 + (r % 3));
  const repeated = allRows.flatMap((r) => Array.from({ length: weight[r]! }, () => r));
  const copy = matrixFromRows(repeated.map(problem.rowOf));
  const limits = { trees: 1, bootstrap: false, maxDepth: 6 } as const;
  const weighted = fitForest(problem.X, problem.y, { task: 'regression', ...limits, sampleWeight: weight });
  const plain = fitForest(
    copy,
    Float64Array.from(repeated, (r) => problem.y[r]!),
    { task: 'regression', ...limits },
  );
  for (const r of allRows) {
    expect(predictRow(weighted, problem.rowOf(r))).toBeCloseTo(predictRow(plain, problem.rowOf(r)), 9);
  }
});

test('a split’s decrease of Gini impurity is the hand-computed one, for two classes and for three', () => {
  const options = { task: 'classification', trees: 1, bootstrap: false, maxDepth: 1 } as const;
  // 4 rows × ½ before, nothing after
  const two = fitForest(matrixFromRows([[1], [2], [3], [4]]), Float64Array.of(0, 0, 1, 1), options);
  expect([...two.impurityDecrease]).toEqual([2]);
  // 6 rows × ⅔ before; after, 2 pure rows and 4 rows × ½
  const three = fitForest(matrixFromRows([[1], [2], [3], [4], [5], [6]]), Float64Array.of(0, 0, 1, 1, 2, 2), options);
  expect(three.impurityDecrease[0]).toBeCloseTo(2, 12);
});

test('three classes are told apart where they lie apart', () => {
  const rows = Array.from({ length: 90 }, (_, i) => [i % 3 === 2 ? 9 : i % 3, i % 7]);
  const kind = Float64Array.from(rows, (_, i) => i % 3);
  const forest = fitForest(matrixFromRows(rows), kind, { task: 'classification', trees: 15, randomState: 1 });
  expect(predictBatch(forest, matrixFromRows(rows))).toEqual(kind);
});

test('the same seed gives the same forest, another seed another one', () => {
  const seeded = (randomState: number) =>
    Buffer.from(encodeForest(fitForest(problem.X, problem.y, { task: 'regression', trees: 3, randomState })));
  expect(seeded(1).equals(seeded(1))).toBe(true);
  expect(seeded(1).equals(seeded(2))).toBe(false);
  expect(seeded(1).equals(seeded(1 + 2 ** 32))).toBe(false);
});

test('depth, leaf size and number of leaves keep to their limits', () => {
  const common = { task: 'regression', trees: 4 } as const;
  const shallow = fitForest(problem.X, problem.y, { ...common, maxDepth: 4 });
  for (let t = 0; t < 4; t++) expect(treeDepth(shallow, t)).toBeLessThanOrEqual(4);
  const wide = fitForest(problem.X, problem.y, { ...common, minSamplesLeaf: 25, bootstrap: false });
  wide.feature.forEach((feature, node) => {
    if (feature === 0xffff) expect(wide.cover[node]).toBeGreaterThanOrEqual(25);
  });
  const few = fitForest(problem.X, problem.y, { ...common, maxLeafNodes: 12 });
  expect(leavesOf(few)).toBe(4 * 12);
  const whole = fitForest(problem.X, problem.y, { ...common, minSamplesSplit: 700, bootstrap: false });
  expect(leavesOf(whole)).toBe(4);
});

test('growing best first finds a lower error with the same number of leaves than stopping at a depth', () => {
  const error = (options: Partial<ForestOptions>) => {
    const forest = fitForest(problem.X, problem.y, { task: 'regression', trees: 1, bootstrap: false, ...options });
    const predictions = predictBatch(forest, problem.X);
    return predictions.reduce((sum, value, r) => sum + (value - problem.y[r]!) ** 2, 0);
  };
  expect(error({ maxLeafNodes: 16 })).toBeLessThan(error({ maxDepth: 4 }));
});

test('with one feature tried per split, trees use every feature', () => {
  const forest = fitForest(problem.X, problem.y, { task: 'regression', trees: 20, maxDepth: 3, maxFeatures: 1 });
  expect(new Set([...forest.feature].filter((feature) => feature !== 0xffff))).toEqual(new Set([0, 1, 2]));
});

test('a target moved and stretched gives the predictions moved and stretched', () => {
  const options = { task: 'regression', trees: 3, maxDepth: 6, randomState: 2 } as const;
  const plain = predictBatch(fitForest(problem.X, problem.y, options), problem.X);
  const moved = predictBatch(
    fitForest(
      problem.X,
      problem.y.map((value) => 1e9 + 1e6 * value),
      options,
    ),
    problem.X,
  );
  moved.forEach((value, r) => {
    expect(value).toBeCloseTo(1e9 + 1e6 * plain[r]!, 2);
  });
});
