import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onnxModel } from '../../control/models/onnx-model.js';
import type { Row } from '../../core/dataset/row.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { targetVector } from '../../core/training/target-vector.js';
import { irisCsv } from '../../projects/iris/iris-csv.js';
import { iris } from '../../projects/iris/project.js';

// made by tests/vectors/onnx-import.py: scikit-learn's classifiers of the iris flowers, whose classes are 0, 1 and 2
const { cases } = JSON.parse(readFileSync(new URL('../vectors/onnx-import.json', import.meta.url), 'utf8')) as {
  cases: { name: string; onnx: string }[];
};
const fileOf = (name: string) => Buffer.from(cases.find((one) => one.name === name)!.onnx, 'base64');

const classes = [...iris.target.classes!];
const rows = iris.dataset.clean(irisCsv()).rows as Row[];
const plan = fitEncoder(iris.features, rows, targetVector(iris, rows, classes));

function imported(name: string, known: readonly string[] = classes) {
  return onnxModel(iris, fileOf(name), {
    production: { document: { version: 'BO1', classes: known }, plan, files: {} } as never,
    train: rows,
    test: rows,
    actual: (labels) => targetVector(iris, rows, [...labels]),
    dataset: { number: 1, key: 'iris/train_V1.csv' },
    now: new Date('2026-01-01T00:00:00Z'),
  });
}

test.each(['random forest classifier', 'boosting of three classes'])(
  'the numbered classes of a %s are the production model’s, in its order',
  (name) => {
    const { document, files } = imported(name);
    expect([document.classes, document.task, document.algorithm]).toEqual([classes, 'classification', 'onnx']);
    const shares = Object.values(document.importances);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const said = predictBatch(decodeForest(files['forest.bin']!), encodeRows(plan, rows));
    const right = rows.filter((row, i) => classes[said[i]!] === row.species).length;
    expect(right / rows.length).toBeGreaterThan(0.9);
  },
);

test('classes that the production model does not have are refused by name', () => {
  expect(() => imported('random forest classifier', ['setosa', 'versicolor'])).toThrow(
    'the class 0 is none of setosa, versicolor',
  );
  expect(() => imported('text labels')).toThrow('the class high is none of setosa, versicolor, virginica');
});

test('another task than the project’s is refused', () => {
  expect(() => imported('decision tree regressor')).toThrow('holds a regression, expected a classification');
});
