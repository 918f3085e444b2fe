import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { sampleRatio } from '../../../core/experiment/sample-ratio.js';

const { validity } = parseDecisionRule();
const read = (production: number, candidate: number, percent = 20, previous = 1) =>
  sampleRatio({ production, candidate }, percent, previous, validity);

test('a split as promised is no mismatch, one that lost users is', () => {
  expect(read(800, 200)).toMatchObject({ mismatch: false, pValue: 1, deviation: 0 });
  // χ² of 800:140 against 80:20 is 15.3, p 9e-5
  expect(read(800, 140)).toMatchObject({ mismatch: true });
  expect(read(800, 140).pValue).toBeLessThan(1e-4);
});

test('less than a point of deviation is none, however sure', () => {
  const reading = read(808_000, 192_000);
  expect(reading.pValue).toBeLessThan(1e-80);
  expect([reading.mismatch, reading.deviation]).toEqual([false, expect.closeTo(0.008, 10)]);
});

test('fewer than eight users of a variant say nothing yet', () => {
  expect(read(300, 7).pValue).toBeLessThan(0.001);
  expect(read(300, 7).mismatch).toBe(false);
  expect(read(300, 8).mismatch).toBe(true);
});

test('the sequential p never rises from look to look', () => {
  const bad = read(800, 140);
  const mended = read(1600, 360, 20, bad.sequentialPValue);
  expect(mended.sequentialPValue).toBe(bad.sequentialPValue);
});

test.each([0, 100])('with everybody on one side (%d %%) there is nothing to check', (percent) => {
  expect(read(800, 0, percent, 0.4)).toEqual({ mismatch: false, deviation: null, pValue: null, sequentialPValue: 0.4 });
});
