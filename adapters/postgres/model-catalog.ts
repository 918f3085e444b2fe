import type { Pool } from 'pg';
import type { ModelVersion } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';
import type { KeysetList } from './lists/keyset-list.js';
import { type ModelRow, toModelVersion } from './model-registry.js';

/** A model version with what people wrote on it. */
export interface CatalogModel extends ModelVersion {
  readonly notes: string;
  readonly tags: readonly string[];
  readonly updatedAt: Date;
}

interface CatalogRow extends ModelRow {
  notes: string;
  tags: string[];
  updated_at: Date;
}

export const modelList: KeysetList<CatalogRow, CatalogModel> = {
  table: 'model_versions',
  time: 'created_at',
  key: { column: 'version', type: 'text' },
  filters: {
    project: 'project',
    state: 'state',
    kind: 'kind',
    parent_version: 'parent_version',
    dataset_number: 'dataset_number',
  },
  map: (row) => ({ ...toModelVersion(row), notes: row.notes, tags: row.tags, updatedAt: row.updated_at }),
};

/** @throws {NotFoundError} */
export async function findModel(pool: Pool, project: string, version: string): Promise<CatalogModel> {
  const { rows } = await pool.query<CatalogRow>('select * from model_versions where project = $1 and version = $2', [
    project,
    version,
  ]);
  if (!rows[0]) throw new NotFoundError(`project ${project} has no model version ${version}`);
  return modelList.map(rows[0]);
}

/** @returns false when the version was changed since `before` was read */
export async function annotateModel(
  pool: Pool,
  before: CatalogModel,
  { notes = before.notes, tags = before.tags }: { notes?: string | undefined; tags?: readonly string[] | undefined },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update model_versions set notes = $3, tags = $4, updated_at = clock_timestamp()
     where project = $1 and version = $2 and notes = $5 and tags = $6`,
    [before.project, before.version, notes, tags, before.notes, before.tags],
  );
  return rowCount === 1;
}
