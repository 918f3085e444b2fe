import type { Pool } from 'pg';
import type { ObjectStore } from '../../activities/ports.js';
import type { DatasetProfile } from '../../core/dataset/profile.js';
import { NotFoundError } from '../../core/errors.js';
import type { KeysetList } from './lists/keyset-list.js';

/** A raw training file that somebody uploaded. */
export interface Upload {
  readonly id: number;
  readonly project: string;
  readonly key: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rawRows: number;
  /** Left after cleaning. */
  readonly rows: number;
  readonly profile: DatasetProfile;
  readonly actor: string;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
}

interface UploadRow {
  id: number;
  project: string;
  key: string;
  file_name: string;
  bytes: number;
  sha256: string;
  raw_rows: number;
  rows: number;
  profile: DatasetProfile;
  actor: string;
  created_at: Date;
  withdrawn_at: Date | null;
}

export const uploadList: KeysetList<UploadRow, Upload> = {
  table: 'dataset_uploads',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', id: 'id' },
  map: ({ file_name, raw_rows, created_at, withdrawn_at, ...row }) => ({
    ...row,
    fileName: file_name,
    rawRows: raw_rows,
    createdAt: created_at,
    withdrawnAt: withdrawn_at,
  }),
};

export async function recordUpload(
  pool: Pool,
  upload: Omit<Upload, 'id' | 'createdAt' | 'withdrawnAt'>,
): Promise<Upload> {
  const { rows } = await pool.query<UploadRow>(
    `insert into dataset_uploads (project, key, file_name, bytes, sha256, raw_rows, rows, profile, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
    [
      upload.project,
      upload.key,
      upload.fileName,
      upload.bytes,
      upload.sha256,
      upload.rawRows,
      upload.rows,
      upload.profile,
      upload.actor,
    ],
  );
  return uploadList.map(rows[0]!);
}

/** The next training reads the upload before it, or what it read when there was none. @throws {NotFoundError} */
export async function withdrawUpload(pool: Pool, project: string, id: number): Promise<Upload> {
  const { rows } = await pool.query<UploadRow>(
    `update dataset_uploads set withdrawn_at = coalesce(withdrawn_at, now()) where project = $1 and id = $2 returning *`,
    [project, id],
  );
  if (!rows[0]) throw new NotFoundError(`${project} has no upload ${id}`);
  return uploadList.map(rows[0]);
}

/** The text of the latest upload that stands; null when there is none. */
export function createUploadReader(pool: Pool, objects: Pick<ObjectStore, 'get'>) {
  return async (project: string): Promise<string | null> => {
    const { rows } = await pool.query<{ key: string }>(
      `select key from dataset_uploads where project = $1 and withdrawn_at is null order by created_at desc, id desc limit 1`,
      [project],
    );
    return rows[0] ? new TextDecoder().decode(await objects.get(rows[0].key)) : null;
  };
}
