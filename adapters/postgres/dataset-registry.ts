import type { Pool } from 'pg';
import type { DatasetRegistry, DatasetSnapshot } from '../../activities/ports.js';
import type { DatasetProfile } from '../../core/dataset/profile.js';
import type { Row } from '../../core/dataset/row.js';
import { nextNumber } from './next-number.js';

interface DatasetRow {
  project: string;
  number: number;
  key: string;
  rows: number;
  sha256: string;
  profile: DatasetProfile;
  feedback_through: number;
}

function toSnapshot({ feedback_through, ...row }: DatasetRow): DatasetSnapshot {
  return { ...row, feedbackThrough: feedback_through };
}

const COLUMNS = 'project, number, key, rows, sha256, profile, feedback_through';

export function createDatasetRegistry(pool: Pool): DatasetRegistry {
  async function one(where: string, value: string): Promise<DatasetSnapshot | null> {
    const { rows } = await pool.query<DatasetRow>(`select ${COLUMNS} from datasets where ${where}`, [value]);
    return rows[0] ? toSnapshot(rows[0]) : null;
  }

  return {
    find: (idempotencyKey) => one('idempotency_key = $1', idempotencyKey),
    latest: (project) => one('project = $1 order by number desc limit 1', project),
    nextNumber: (project) => nextNumber(pool, project, 'dataset'),

    async record(snapshot, idempotencyKey) {
      await pool.query(
        `insert into datasets (project, number, key, rows, sha256, profile, feedback_through, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (idempotency_key) do nothing`,
        [
          snapshot.project,
          snapshot.number,
          snapshot.key,
          snapshot.rows,
          snapshot.sha256,
          snapshot.profile,
          snapshot.feedbackThrough,
          idempotencyKey,
        ],
      );
    },

    async actualValues(project) {
      const { rows } = await pool.query<{ id: number; input: Row; value: number | string }>(
        `select id, input, value from feedback
         where project = $1 and type in ('actual_price', 'actual_class') and superseded_at is null
         order by id`,
        [project],
      );
      return rows.map(({ id, input, value }) => ({ feedbackId: id, input, value }));
    },
  };
}
