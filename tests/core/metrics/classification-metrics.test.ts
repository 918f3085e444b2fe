import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { classificationMetrics } from '../../../core/metrics/classification-metrics.js';
import vectors from '../../vectors/classification-metrics.json' with { type: 'json' };

test.each(vectors)('agrees with scikit-learn: $name', ({ actual, predicted, probabilities, classes, expected }) => {
  const labels = Array.from({ length: classes }, (_, k) => String(k));
  const metrics = classificationMetrics(actual, predicted, probabilities.flat(), labels);
  for (const [name, value] of Object.entries(expected)) expect(metrics[name], name).toBeCloseTo(value, 12);
});

test('one sure and wrong answer costs as much as a probability of 1e-15', () => {
  expect(classificationMetrics([0], [1], [0, 1], ['a', 'b']).logLoss).toBeCloseTo(-Math.log(1e-15), 12);
});

test('beyond 50 classes only the figures of the whole are told', () => {
  const labels = Array.from({ length: 51 }, (_, k) => `c${k}`);
  const even = new Float64Array(51).fill(1 / 51);
  expect(Object.keys(classificationMetrics([0], [0], even, labels))).toEqual(['accuracy', 'macroF1', 'logLoss']);
});

test('shapes that differ and classes out of range are refused', () => {
  expect(() => classificationMetrics([], [], [], ['a', 'b'])).toThrow(InvalidInputError);
  expect(() => classificationMetrics([0, 1], [0], [1, 0], ['a', 'b'])).toThrow('got (2,), (1,) and 2 probabilities');
  expect(() => classificationMetrics([2], [0], [1, 0], ['a', 'b'])).toThrow('classes 2 and 0 must be 0 to 1');
});
