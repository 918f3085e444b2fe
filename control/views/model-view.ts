import { z } from 'zod';
import type { CatalogModel } from '../../adapters/postgres/model-catalog.js';
import { semanticVersion } from '../../core/registry/semantic-version.js';
import { instant, iso, recorded, versionName } from './fields.js';

export const modelStates = [
  'registered',
  'staged',
  'candidate',
  'production',
  'retired',
  'rejected',
  'deleted',
] as const;

export const modelSchema = z
  .object({
    project: z.string(),
    version: versionName,
    semantic_version: z.string().describe('3.0.0 is BO3; 3.0.0-co.7 is CO7, trained to become it'),
    kind: z.enum(['BO', 'CO']),
    number: z.int(),
    state: z.enum(modelStates),
    artifact_prefix: z.string().describe('Folder of its files in S3'),
    dataset_number: z.int().nullable(),
    parent_version: z.string().nullable(),
    metrics: z.record(z.string(), z.number()),
    hyperparameters: recorded,
    lineage: recorded,
    notes: z.string(),
    tags: z.array(z.string()),
    created_at: instant,
  })
  .meta({ id: 'Model' });

export type ModelView = z.input<typeof modelSchema>;

export function modelView(model: CatalogModel): ModelView {
  return {
    project: model.project,
    version: model.version,
    semantic_version: semanticVersion(model.kind, model.number, model.parentVersion),
    kind: model.kind,
    number: model.number,
    state: model.state,
    artifact_prefix: model.artifactPrefix,
    dataset_number: model.datasetNumber,
    parent_version: model.parentVersion,
    metrics: { ...model.metrics },
    hyperparameters: { ...model.hyperparameters },
    lineage: { ...model.lineage },
    notes: model.notes,
    tags: [...model.tags],
    created_at: iso(model.createdAt),
  };
}
