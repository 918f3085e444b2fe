import type { Pool } from 'pg';
import { z } from 'zod';
import type { ArtifactStore, ModelVersion } from '../../activities/ports.js';
import { findModel } from '../../adapters/postgres/model-catalog.js';
import type { Row } from '../../core/dataset/row.js';
import { NotFoundError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { featureNames } from '../../core/features/encoder-plan.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import type { ModelProject } from '../../core/project.js';
import { openModel } from '../../core/registry/open-model.js';
import { modelSchema, modelView } from '../views/model-view.js';
import { type ModelFacts, readModelFacts } from './model-facts.js';

const pair = <T extends z.ZodType>(value: T) => z.object({ a: value.nullable(), b: value.nullable() });

export const comparisonSchema = z
  .object({
    a: modelSchema,
    b: modelSchema,
    metrics: z.record(z.string(), pair(z.number())),
    hyperparameters: z.record(z.string(), pair(z.unknown())),
    importances: z.record(z.string(), pair(z.number())),
    schema: z.object({ same: z.boolean(), only_a: z.array(z.string()), only_b: z.array(z.string()) }),
    predictions: z.object({
      unit: z.string(),
      mean_absolute_difference: z.number().nullable(),
      largest_difference: z.number().nullable(),
      rows: z.array(z.object({ input: z.record(z.string(), z.unknown()), a: z.number(), b: z.number() })),
    }),
  })
  .meta({ id: 'ModelComparison' });

type Comparison = z.input<typeof comparisonSchema>;

interface CompareDeps {
  readonly pool: Pool;
  readonly artifacts: ArtifactStore;
}

function sideBySide<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>) {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, { a: a[name] ?? null, b: b[name] ?? null }]));
}

async function loaded(
  deps: CompareDeps,
  model: ModelVersion,
): Promise<ModelFacts & { reads: string[]; predict(rows: Row[]): Float64Array }> {
  const facts = await readModelFacts(deps, model);
  if (!facts)
    throw new NotFoundError(`${model.version} of ${model.project} has no files any more: it is ${model.state}`);
  const forestFile = await deps.artifacts.readFile(model.artifactPrefix, 'forest.bin', facts.manifest);
  const { plan, forest } = openModel(facts.document, forestFile);
  return { ...facts, reads: featureNames(plan), predict: (rows) => predictBatch(forest, encodeRows(plan, rows)) };
}

/** The rows that either trainer kept with its predictions, each once. */
function commonRows(a: ModelFacts, b: ModelFacts): Row[] {
  const rows = [...a.document.expected, ...b.document.expected].map(({ row }) => row);
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/**
 * Two versions side by side: what was set, what was measured, what they read, and what they say about the same rows.
 *
 * @throws {NotFoundError} when a version is unknown or its files are gone
 */
export async function compareModels(
  deps: CompareDeps,
  project: ModelProject,
  a: string,
  b: string,
): Promise<Comparison> {
  const [modelA, modelB] = await Promise.all([
    findModel(deps.pool, project.name, a),
    findModel(deps.pool, project.name, b),
  ]);
  const [left, right] = await Promise.all([loaded(deps, modelA), loaded(deps, modelB)]);
  const rows = commonRows(left, right);
  const [saysA, saysB] = [left.predict(rows), right.predict(rows)];
  const differences = rows.map((_, i) => Math.abs(saysA[i]! - saysB[i]!));
  const only = (of: string[], other: string[]) => of.filter((name) => !other.includes(name));
  return {
    a: modelView(modelA),
    b: modelView(modelB),
    metrics: sideBySide(modelA.metrics, modelB.metrics),
    hyperparameters: sideBySide(modelA.hyperparameters, modelB.hyperparameters),
    importances: sideBySide(left.document.importances, right.document.importances),
    schema: {
      same: JSON.stringify(left.reads) === JSON.stringify(right.reads),
      only_a: only(left.reads, right.reads),
      only_b: only(right.reads, left.reads),
    },
    predictions: {
      unit: project.target.unit,
      mean_absolute_difference: rows.length > 0 ? differences.reduce((sum, d) => sum + d, 0) / rows.length : null,
      largest_difference: rows.length > 0 ? Math.max(...differences) : null,
      rows: rows.map((input, i) => ({ input, a: saysA[i]!, b: saysB[i]! })),
    },
  };
}
