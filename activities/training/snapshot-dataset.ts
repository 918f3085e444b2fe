import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { feedbackRows } from '../../core/dataset/feedback-rows.js';
import { toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { DatasetInvalidError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import { type DatasetReference, inputColumns, type TrainingDeps } from './training-deps.js';

/**
 * Raw data and reported actual values → `train_V{n}.csv` and its profile, written once and never changed.
 * A repeated call of the same step finds what the first one recorded.
 *
 * @throws {DatasetInvalidError} when the raw data are not of the project's format, or too few rows are left
 */
export async function snapshotDataset(
  { rawData, objects, datasets }: TrainingDeps,
  project: ModelProject,
  idempotencyKey: string,
): Promise<DatasetReference> {
  const known = await datasets.find(idempotencyKey);
  if (known) return { number: known.number, key: known.key, rows: known.rows };

  const actuals = await datasets.actualValues(project.name);
  const reported = actuals.map(({ input, value }) => ({ input, actual: value }));
  const raw = await rawData.read(project);
  Context.current().heartbeat('cleaning');
  const { rows, profile } = project.dataset.clean(
    raw,
    feedbackRows(reported, inputColumns(project), project.target.column),
  );
  if (rows.length < project.training.minRows) {
    throw new DatasetInvalidError(
      `${rows.length} of ${profile.rawRows} raw rows are left after cleaning, training needs ${project.training.minRows}`,
    );
  }

  const number = await datasets.nextNumber(project.name);
  const key = `${project.prefix}/train_V${number}.csv`;
  const csv = Buffer.from(toSnapshotCsv(rows, project.dataset.columns));
  const json = Buffer.from(JSON.stringify(profile, null, 2));
  await objects.put(key, csv, { contentType: 'text/csv', onlyIfNew: true });
  await objects.put(key.replace(/\.csv$/, '.profile.json'), json, { contentType: 'application/json', onlyIfNew: true });
  const snapshot = {
    project: project.name,
    number,
    key,
    rows: rows.length,
    sha256: createHash('sha256').update(csv).digest('hex'),
    profile,
    feedbackThrough: actuals.at(-1)?.feedbackId ?? 0,
  };
  await datasets.record(snapshot, idempotencyKey);
  return { number, key, rows: rows.length };
}
