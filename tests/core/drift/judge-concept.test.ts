import { expect, test } from 'vitest';
import { DEFAULT_DRIFT_LINES as lines } from '../../../core/drift/drift-lines.js';
import { judgeConcept } from '../../../core/drift/judge-concept.js';
import { momentsOf } from '../../../core/drift/moments.js';
import { vectors } from './vectors.js';

const { concept } = vectors;
const none = { error: null, ratings: null, ratingsReference: null };
const rated = (mean: number, n = 200) => ({ n, mean, std: 1 });

test('an error that has grown is drift, with scipy’s p-value', () => {
  const [row] = judgeConcept(concept.reference, { ...none, error: concept.current }, lines);
  expect(row).toMatchObject({ name: 'relative_error', status: 'drift', reference_rows: 200, current_rows: 80 });
  expect(row!.p_value).toBeCloseTo(concept.p, 8);
});

test('an error that has shrunk is no drift', () => {
  const [row] = judgeConcept(concept.current, { ...none, error: concept.reference }, lines);
  expect(row?.status).toBe('stable');
});

test.each([
  [3.5, 'drift'],
  [3.8, 'stable'],
  [4.5, 'stable'],
])('ratings that went from 4 to %s are %s', (mean, status) => {
  const [, row] = judgeConcept(null, { ...none, ratings: rated(mean), ratingsReference: rated(4) }, lines);
  expect(row?.status).toBe(status);
});

test('a change that could be chance is no drift, however large', () => {
  const [, row] = judgeConcept(
    null,
    { ...none, ratings: { n: 30, mean: 3.6, std: 1.5 }, ratingsReference: { n: 30, mean: 4, std: 1.5 } },
    lines,
  );
  expect(row).toMatchObject({ status: 'stable', current_mean: 3.6 });
});

test('fewer than 30 reports of either are insufficient data', () => {
  for (const row of judgeConcept(null, none, lines)) expect(row.status).toBe('insufficient_data');
  const [, few] = judgeConcept(null, { ...none, ratings: rated(1, 29), ratingsReference: rated(5) }, lines);
  expect(few).toMatchObject({
    status: 'insufficient_data',
    reason: '29 now, 200 in the reference; at least 30 of each are needed',
  });
});

const shares = (wrong: number, n: number) => momentsOf(Array.from({ length: n }, (_, i) => (i < wrong ? 1 : 0)));

test('wrong classes are compared as two shares: 1 of 40 against 12 of 60 is drift', () => {
  const [row] = judgeConcept(shares(1, 40), { ...none, error: shares(12, 60) }, lines, true);
  expect(row).toMatchObject({ name: 'wrong_answers', status: 'drift', current_rows: 60 });
  // z = 0.175 / √(0.13 · 0.87 · (1/40 + 1/60)) = 2.5492, 1 − Φ(z) by Python's math.erfc
  expect(row!.p_value).toBeCloseTo(0.005397749583, 8);
});

test('three mistakes in a hundred after a hold-out of thirty without any can be chance', () => {
  const [row] = judgeConcept(shares(0, 30), { ...none, error: shares(3, 100) }, lines, true);
  expect(row).toMatchObject({ status: 'stable', reference_mean: 0, current_rows: 100 });
});
