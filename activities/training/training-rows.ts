import type { Row } from '../../core/dataset/row.js';
import { fromSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { DatasetInvalidError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import { classLabels } from '../../core/training/class-labels.js';
import { holdOutRows } from '../../core/training/hold-out-rows.js';
import { targetVector } from '../../core/training/target-vector.js';
import type { DatasetReference, TrainingDeps } from './training-deps.js';

/** A snapshot as a training uses it. */
export interface TrainingRows {
  readonly train: readonly Row[];
  readonly trainTarget: Float64Array;
  /** Held out. */
  readonly test: readonly Row[];
  readonly testTarget: Float64Array;
  /** Classes in the order of their numbers; empty for regression. */
  readonly labels: readonly string[];
}

/** @throws {DatasetInvalidError} when the snapshot cannot be read, or its target cannot be learnt */
export async function readTrainingRows(
  { objects }: Pick<TrainingDeps, 'objects'>,
  project: ModelProject,
  dataset: DatasetReference,
): Promise<TrainingRows> {
  const rows = fromSnapshotCsv(new TextDecoder().decode(await objects.get(dataset.key)));
  const labels = project.task === 'classification' ? classLabels(project, rows) : [];
  const { train, test } = holdOutRows(project, rows);
  const trainTarget = targetVector(project, train, labels);
  if (trainTarget.every((value) => value === trainTarget[0])) {
    const only = labels.length > 0 ? `class '${labels[trainTarget[0]!]}'` : `${trainTarget[0]}`;
    throw new DatasetInvalidError(
      `the target '${project.target.column}' of all ${train.length} training rows is ${only}: there is nothing to learn`,
    );
  }
  return {
    train,
    trainTarget,
    test,
    testTarget: targetVector(project, test, labels),
    labels,
  };
}
