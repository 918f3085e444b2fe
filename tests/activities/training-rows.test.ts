import { expect, test } from 'vitest';
import { readTrainingRows } from '../../activities/training/training-rows.js';
import { toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { DatasetInvalidError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import { createTestObjectStore } from '../support/object-store.js';

const project = {
  task: 'regression',
  target: { column: 'y', unit: 'm' },
  training: { algorithm: 'forest', hyperparameters: { trees: 1 }, testRatio: 0.25, minRows: 1 },
} as unknown as ModelProject;

async function read(rows: readonly Record<string, number | string | null>[], of: ModelProject = project) {
  const objects = await createTestObjectStore();
  await objects.put('rows.csv', Buffer.from(toSnapshotCsv(rows, ['x', 'y'])));
  return readTrainingRows({ objects }, of, { number: 1, key: 'rows.csv', rows: rows.length });
}

test('rows are split once and for all, and nothing is lost', async () => {
  const {
    train,
    trainTarget,
    test: heldOut,
    testTarget,
    labels,
  } = await read(Array.from({ length: 40 }, (_, i) => ({ x: i, y: i % 7 })));
  expect([train.length + heldOut.length, labels]).toEqual([40, []]);
  expect([trainTarget.length, testTarget.length]).toEqual([train.length, heldOut.length]);
});

test('a target that is the same in every row is refused', async () => {
  const constant = Array.from({ length: 40 }, (_, i) => ({ x: i, y: 5 }));
  await expect(read(constant)).rejects.toThrow(DatasetInvalidError);
  await expect(read(constant)).rejects.toThrow(
    /the target 'y' of all \d+ training rows is 5: there is nothing to learn/,
  );
});

test('a label that the project does not declare is refused with the row and what is expected', async () => {
  const of = { ...project, task: 'classification', target: { column: 'y', unit: 'class', classes: ['no', 'yes'] } };
  const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i === 9 ? 'maybe' : ['no', 'yes'][i % 2]! }));
  await expect(read(rows, of as ModelProject)).rejects.toThrow(/the target 'y' is 'maybe', expected one of no, yes/);
});
