import { describe, expect, test } from 'vitest';
import { ArtifactInvalidError, InvalidInputError } from '../../../core/errors.js';
import { decodeForest } from '../../../core/forest/decode-forest.js';
import { encodeCompact } from '../../../core/forest/encode-compact.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { explainRow } from '../../../core/forest/explain-row.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { Forest } from '../../../core/forest/forest.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictProbaBatch } from '../../../core/forest/predict-proba-batch.js';
import { RandomStream } from '../../../core/forest/random.js';
import { randomProblem } from './random-problem.js';

const { X, y, rowOf } = randomProblem(800, 4, { missing: 0.1 });
const kinds = y.map((value) => (value > 80 ? 2 : value > 60 ? 1 : 0));
const models: [string, Forest][] = [
  ['regression forest', fitForest(X, y, { task: 'regression', trees: 6 })],
  ['classification forest', fitForest(X, kinds, { task: 'classification', trees: 30, minSamplesLeaf: 2 })],
  ['boosted regression', fitBoosting(X, y, { task: 'regression', iterations: 12 })],
  ['boosted classification', fitBoosting(X, kinds, { task: 'classification', iterations: 4 })],
];
const forest = models[0]![1];

test.each(models)('%s: the full form gives everything back bit for bit', (_, model) => {
  expect(decodeForest(encodeForest(model))).toEqual(model);
  // a file that starts at an odd address is copied first
  const shifted = new Uint8Array(encodeForest(model).length + 1);
  shifted.set(encodeForest(model), 1);
  expect(decodeForest(shifted.subarray(1))).toEqual(model);
});

test.each(models)(
  '%s: the compact form takes at most a third of the space and errs by no more than it says',
  (_, model) => {
    const { bytes, largestError } = encodeCompact(model);
    expect(bytes.length).toBeLessThanOrEqual(encodeForest(model).length / 3);
    const copy = decodeForest(bytes);
    const ours = model.task === 'regression' ? predictBatch(model, X) : predictProbaBatch(model, X);
    const theirs = model.task === 'regression' ? predictBatch(copy, X) : predictProbaBatch(copy, X);
    let largest = 0;
    ours.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - theirs[i]!));
    });
    expect(largest).toBeGreaterThan(0);
    // one rounding of the sum in double precision may come on top
    expect(largest).toBeLessThanOrEqual(largestError * (1 + 1e-6));
    expect(largestError).toBeLessThan(1e-4);
  },
);

test('explanations survive the compact form', () => {
  const copy = decodeForest(encodeCompact(forest).bytes);
  const ours = explainRow(forest, rowOf(3)).contributions;
  const theirs = explainRow(copy, rowOf(3)).contributions;
  ours.forEach((value, f) => {
    expect(theirs[f]).toBeCloseTo(value, 4);
  });
});

test('a leaf value beyond 32 bits keeps a forest out of the compact form', () => {
  const huge = fitForest(
    X,
    y.map((value) => value * 1e40),
    { task: 'regression', trees: 1 },
  );
  expect(() => encodeCompact(huge)).toThrow(InvalidInputError);
});

describe.each([
  ['full', encodeForest(forest)],
  ['compact', encodeCompact(forest).bytes],
])('a damaged %s file', (_, good) => {
  test('is refused at every length but its own', () => {
    for (let length = 0; length < good.length; length += length < 400 ? 1 : 997) {
      expect(() => decodeForest(good.slice(0, length)), `${length} bytes`).toThrow(ArtifactInvalidError);
    }
    const longer = new Uint8Array(good.length + 8);
    longer.set(good);
    expect(() => decodeForest(longer)).toThrow(ArtifactInvalidError);
  });

  test('with any byte of the header changed is refused or still a sound forest', () => {
    for (let at = 0; at < 64; at++) {
      for (const value of [0, 1, 2, 255]) {
        if (good[at] !== value) expectRefusedOrSound(good, at, value);
      }
    }
  });

  test('with random bytes changed is refused or still a sound forest', () => {
    const random = new RandomStream(3);
    for (let i = 0; i < 400; i++) expectRefusedOrSound(good, random.below(good.length), random.below(256));
  });
});

/** Never another error, and never a forest that predicts something not finite. */
function expectRefusedOrSound(good: Uint8Array, at: number, value: number): void {
  const bytes = good.slice();
  bytes[at] = value;
  let decoded: Forest;
  try {
    decoded = decodeForest(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ArtifactInvalidError);
    return;
  }
  const row = new Float64Array(decoded.features).fill(50);
  expect(Number.isFinite(predictBatch(decoded, { data: row, rows: 1, columns: decoded.features })[0])).toBe(true);
}

test('the reason is named', () => {
  const good = encodeForest(forest);
  const changed = (at: number, value: number) => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setUint32(at, value, true);
    return () => decodeForest(bytes);
  };
  expect(changed(0, 0)).toThrow('does not begin with INCFORST');
  expect(changed(8, 2)).toThrow('format version 2 is not supported (this reads 1)');
  expect(changed(24, 0)).toThrow('0 features are out of range');
  expect(changed(32, 0)).toThrow('it has no trees');
  expect(() => decodeForest(good.slice(0, 1000))).toThrow(`it should have ${good.length} bytes and has 1000`);
});

test('a node that points at itself, backwards, or outside is refused', () => {
  const damaged = (change: (copy: Forest) => void) => {
    const copy = decodeForest(encodeForest(forest));
    change(copy);
    return () => decodeForest(encodeForest(copy));
  };
  expect(damaged(({ left }) => (left[0] = 0))).toThrow('node 0 of tree 0 has the children 0 and 1');
  expect(damaged(({ left }) => (left[0] = 0xfffffff0))).toThrow('node 0 of tree 0 has the children');
  expect(damaged(({ feature }) => (feature[0] = 4))).toThrow('node 0 of tree 0 tests feature 4 of 4');
  expect(damaged(({ threshold }) => (threshold[0] = Number.NaN))).toThrow('has the threshold NaN');
  expect(damaged(({ leafValues }) => (leafValues[2] = Number.POSITIVE_INFINITY))).toThrow('leafValues holds Infinity');
  expect(damaged(({ cover }) => (cover[0] = 0))).toThrow('has the cover 0');
  expect(damaged(({ treeOffsets }) => (treeOffsets[1]! += 1))).toThrow('tree 0 has');
});
