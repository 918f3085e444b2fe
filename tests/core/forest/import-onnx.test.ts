import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ArtifactInvalidError } from '../../../core/errors.js';
import { decodeForest } from '../../../core/forest/decode-forest.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { explainRow } from '../../../core/forest/explain-row.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { importOnnx } from '../../../core/forest/import-onnx.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { forestToOnnx } from '../../../core/forest/onnx.js';
import { onnxModel, stringAttribute } from '../../../core/forest/onnx-messages.js';
import { predictProba } from '../../../core/forest/predict-proba.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { message, stringField } from '../../../core/forest/protobuf-writer.js';

interface Case {
  readonly name: string;
  readonly onnx: string;
  readonly rows: number[][];
  readonly predict: (number | string)[];
  readonly labels: string[];
  readonly probabilities: number[][] | null;
  readonly onnxruntime: (number | string)[];
}

// made by tests/vectors/onnx-import.py
const { cases, refused } = JSON.parse(
  readFileSync(new URL('../../vectors/onnx-import.json', import.meta.url), 'utf8'),
) as { cases: Case[]; refused: { name: string; onnx: string }[] };

const bytesOf = (onnx: string) => new Uint8Array(Buffer.from(onnx, 'base64'));
const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(1, Math.abs(b));

test.each(cases)(
  '$name of scikit-learn says what scikit-learn and onnxruntime say',
  ({ onnx, rows, predict, probabilities, labels, onnxruntime }) => {
    const { forest, labels: found } = importOnnx(bytesOf(onnx));
    expect(found).toEqual(labels);
    for (const [i, row] of rows.entries()) {
      const said = predictRow(forest, Float64Array.from(row));
      if (probabilities === null) {
        expect(relative(said, predict[i] as number)).toBeLessThan(1e-5);
        expect(relative(said, onnxruntime[i] as number)).toBeLessThan(1e-5);
        continue;
      }
      expect([labels[said], labels[said]]).toEqual([String(predict[i]), String(onnxruntime[i])]);
      const shares = predictProba(forest, Float64Array.from(row));
      for (const [k, share] of probabilities[i]!.entries()) expect(shares[k]).toBeCloseTo(share, 5);
    }
  },
);

test.each(cases)('$name can be written as a forest file and explained', ({ onnx, rows }) => {
  const { forest } = importOnnx(bytesOf(onnx));
  const again = decodeForest(encodeForest(forest));
  const row = Float64Array.from(rows[0]!);
  expect(predictRow(again, row)).toBe(predictRow(forest, row));
  if (forest.task === 'classification') return;
  const { baseValues, contributions } = explainRow(forest, row);
  const sum = baseValues[0]! + contributions.reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(predictRow(forest, row), 6);
});

test.each([
  ['a forest', { task: 'regression' }],
  ['a classifier', { task: 'classification' }],
] as const)('%s of ours comes back from its own ONNX file, with the names of its features', (_, { task }) => {
  const rows = Array.from({ length: 200 }, (_, r) => [1, 2, 3].map((c) => Math.fround(Math.sin(r * 1.7 + c * 5.3))));
  const y = Float64Array.from(rows, ([a, b]) => {
    const value = a! * 2 + b!;
    return task === 'regression' ? value : Math.min(2, Math.max(0, Math.round(value) + 1));
  });
  const forest = fitForest(matrixFromRows(rows), y, { task, trees: 7, maxDepth: 5, randomState: 1 });
  const { forest: again, featureNames } = importOnnx(forestToOnnx(forest, ['a', 'b', 'c']));
  expect(featureNames).toEqual(['a', 'b', 'c']);
  for (const values of rows) {
    const row = Float64Array.from(values);
    expect(relative(predictRow(again, row), predictRow(forest, row))).toBeLessThan(1e-5);
  }
});

test.each([
  ['linear model', /LinearRegressor/],
  ['two targets', /2 values/],
])('%s is refused with the reason', (name, reason) => {
  const { onnx } = refused.find((one) => one.name === name)!;
  expect(() => importOnnx(bytesOf(onnx))).toThrow(ArtifactInvalidError);
  expect(() => importOnnx(bytesOf(onnx))).toThrow(reason);
});

test.each([
  ['nothing', new Uint8Array()],
  ['text', new TextEncoder().encode('this is no model')],
  ['zeros', new Uint8Array(1000)],
  ['another message', message([stringField(1, 'x')])],
  [
    'trees without nodes',
    onnxModel(
      'TreeEnsembleRegressor',
      [],
      { name: 'features', type: 'float', columns: 2 },
      [{ name: 'prediction', type: 'float', columns: 1 }],
      {},
    ),
  ],
  [
    'an unknown link',
    onnxModel(
      'TreeEnsembleRegressor',
      [stringAttribute('post_transform', 'PROBIT')],
      { name: 'features', type: 'float', columns: 2 },
      [{ name: 'prediction', type: 'float', columns: 1 }],
      {},
    ),
  ],
])('%s is refused', (_, bytes) => {
  expect(() => importOnnx(bytes)).toThrow(ArtifactInvalidError);
});

test('a file that was cut off or changed is refused or says something finite, and never hangs', () => {
  const whole = bytesOf(cases[0]!.onnx);
  const row = Float64Array.from(cases[0]!.rows[0]!);
  let refusals = 0;
  const attempt = (bytes: Uint8Array) => {
    try {
      expect(Number.isFinite(predictRow(importOnnx(bytes).forest, row))).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(ArtifactInvalidError);
      refusals++;
    }
  };
  for (let length = 0; length < whole.length; length += 97) attempt(whole.subarray(0, length));
  expect(refusals).toBe(Math.ceil(whole.length / 97));
  for (let at = 0; at < whole.length; at += 61) {
    const changed = whole.slice();
    changed[at]! ^= 0xff;
    attempt(changed);
  }
});
