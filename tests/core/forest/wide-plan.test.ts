import { expect, test } from 'vitest';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { type Forest, LEAF } from '../../../core/forest/forest.js';
import { narrowPlan, narrowTables } from '../../../core/forest/narrow-plan.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { compileWidePlan } from '../../../core/forest/wide-plan.js';
import { randomProblem } from './random-problem.js';

/** The plainest walk there is. */
function walkPlainly(forest: Forest, t: number, row: Float64Array): number {
  const base = forest.treeOffsets[t]!;
  let node = base;
  while (forest.feature[node] !== LEAF) {
    const value = row[forest.feature[node]!]!;
    const left = Number.isNaN(value) ? forest.missingLeft[node] === 1 : value <= forest.threshold[node]!;
    node = base + forest.left[node]! + (left ? 0 : 1);
  }
  return forest.leafValues[forest.leafOffsets[t]! + forest.left[node]!]!;
}

const { X, y, rowOf } = randomProblem(700, 5, { missing: 0.15 });
const forest = fitForest(X, y, { task: 'regression', trees: 7 });
const strange = [
  Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN),
  new Float64Array(5).fill(Number.POSITIVE_INFINITY),
  new Float64Array(5).fill(Number.NEGATIVE_INFINITY),
  new Float64Array(5).fill(Number.MAX_VALUE),
  new Float64Array(5).fill(-0),
  // exactly on thresholds
  Float64Array.from({ length: 5 }, (_, f) => forest.threshold[forest.feature.indexOf(f)]!),
];

test.each([
  ['narrow', narrowPlan(forest, narrowTables(forest)!)],
  ['wide', compileWidePlan(forest)],
])('the %s plan reaches the leaves that a plain walk reaches', (_, plan) => {
  const out = new Float64Array(7);
  for (const row of [...strange, ...Array.from({ length: 100 }, (__, r) => rowOf(r))]) {
    plan.loadRow(row);
    plan.walkRow(out);
    expect([...out]).toEqual(Array.from({ length: 7 }, (__, t) => walkPlainly(forest, t, row)));
  }
  const block = new Float64Array(X.rows).slice(0, 123);
  plan.loadBlock(X.data, X.rows, 20, 123);
  plan.addBlock(3, forest.trees, block, 123);
  expect([...block]).toEqual(Array.from({ length: 123 }, (__, i) => walkPlainly(forest, 3, rowOf(20 + i))));
});

test('with 130 features, rows and batches are predicted alike', () => {
  const many = randomProblem(1100, 130, { missing: 0.05 });
  const large = fitForest(many.X, many.y, { task: 'regression', trees: 3, maxFeatures: 'sqrt' });
  expect(narrowTables(large)).toBeNull();
  const batch = predictBatch(large, many.X);
  for (let r = 0; r < 1100; r += 37) expect(batch[r]).toBe(predictRow(large, many.rowOf(r)));
});

test('a single row and a batch agree bit for bit', () => {
  const batch = predictBatch(forest, X);
  for (let r = 0; r < 700; r++) expect(batch[r]).toBe(predictRow(forest, rowOf(r)));
});
