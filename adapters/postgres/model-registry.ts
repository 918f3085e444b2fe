import type { Pool, PoolClient } from 'pg';
import type { ModelRegistry, ModelState, ModelVersion } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';
import { artifactPrefix, type VersionKind, versionName } from '../../core/registry/version.js';
import { nextNumber } from './next-number.js';
import { transaction } from './transaction.js';

export interface ModelRow {
  project: string;
  version: string;
  kind: VersionKind;
  number: number;
  state: ModelState;
  artifact_prefix: string;
  dataset_number: number | null;
  parent_version: string | null;
  metrics: Record<string, number>;
  hyperparameters: Record<string, unknown>;
  lineage: Record<string, unknown>;
  created_at: Date;
}

export function toModelVersion(row: ModelRow): ModelVersion {
  return {
    project: row.project,
    version: row.version,
    kind: row.kind,
    number: row.number,
    state: row.state,
    artifactPrefix: row.artifact_prefix,
    datasetNumber: row.dataset_number,
    parentVersion: row.parent_version,
    metrics: row.metrics,
    hyperparameters: row.hyperparameters,
    lineage: row.lineage,
    createdAt: row.created_at,
  };
}

export function createModelRegistry(pool: Pool): ModelRegistry {
  async function byKey(client: PoolClient, idempotencyKey: string): Promise<ModelVersion | null> {
    const { rows } = await client.query<ModelRow>('select * from model_versions where idempotency_key = $1', [
      idempotencyKey,
    ]);
    return rows[0] ? toModelVersion(rows[0]) : null;
  }

  return {
    async reserve({ project, prefix, kind, parentVersion, idempotencyKey }) {
      return transaction(pool, async (client) => {
        const known = await byKey(client, idempotencyKey);
        if (known) return known;
        const number = await nextNumber(client, project, kind);
        const version = versionName(kind, number);
        // two attempts of one activity may be here at once: the counter's row lock lets one through, the key keeps one
        const { rows } = await client.query<ModelRow>(
          `insert into model_versions (project, version, kind, number, state, artifact_prefix, parent_version, idempotency_key)
           values ($1, $2, $3, $4, 'registered', $5, $6, $7)
           on conflict (idempotency_key) do nothing
           returning *`,
          [project, version, kind, number, artifactPrefix(prefix, version), parentVersion, idempotencyKey],
        );
        if (rows[0]) return toModelVersion(rows[0]);
        const winner = await byKey(client, idempotencyKey);
        if (!winner) throw new NotFoundError(`the version reserved for ${idempotencyKey} has gone`);
        return winner;
      });
    },

    async describe(project, version, { datasetNumber = null, metrics = {}, hyperparameters = {}, lineage = {} }) {
      await pool.query(
        `update model_versions
         set dataset_number = coalesce($3, dataset_number), metrics = metrics || $4,
             hyperparameters = hyperparameters || $5, lineage = lineage || $6, updated_at = now()
         where project = $1 and version = $2`,
        [project, version, datasetNumber, metrics, hyperparameters, lineage],
      );
    },

    async setState(project, version, state) {
      await pool.query(
        'update model_versions set state = $3, updated_at = now() where project = $1 and version = $2 and state <> $3',
        [project, version, state],
      );
    },

    async get(project, version) {
      const { rows } = await pool.query<ModelRow>('select * from model_versions where project = $1 and version = $2', [
        project,
        version,
      ]);
      if (!rows[0]) throw new NotFoundError(`project ${project} has no model version ${version}`);
      return toModelVersion(rows[0]);
    },

    async list(project, { limit, before }) {
      const { rows } = await pool.query<ModelRow>(
        `select * from model_versions where project = $1 and created_at < coalesce($2, 'infinity'::timestamptz)
         order by created_at desc limit $3`,
        [project, before ?? null, limit],
      );
      return rows.map(toModelVersion);
    },
  };
}
