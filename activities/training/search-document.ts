import { z } from 'zod';
import { ArtifactInvalidError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import type { SearchPlan } from '../../core/training/plan-search.js';
import type { TrainingDeps } from './training-deps.js';

/** A search as its steps read it: what to try, and the training set of each fold. Written once, before the first trial. */
export interface SearchDocument {
  readonly plan: SearchPlan;
  readonly task: 'regression' | 'classification';
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  /** Key of each fold's training set. */
  readonly sets: readonly string[];
}

const count = z.number().int().min(0);
const documentSchema = z.object({
  plan: z.object({
    trials: z.array(
      z.object({
        algorithm: z.enum(['forest', 'boosting']),
        hyperparameters: z.looseObject({ trees: count }),
      }),
    ),
    rounds: z.array(z.object({ trials: count, resource: count })),
    folds: count,
    metric: z.enum(['mae', 'rmse', 'logLoss', 'error']),
    randomState: count,
  }),
  task: z.enum(['regression', 'classification']),
  classes: count,
  sets: z.array(z.string()),
});

/** Folder of what the steps of one training run hand to each other; removed when it ends. Ends with /. */
export function workFolder({ prefix }: Pick<ModelProject, 'prefix'>, runId: string): string {
  return `${prefix}/work/${runId}/`;
}

export async function writeSearch(
  { objects }: Pick<TrainingDeps, 'objects'>,
  folder: string,
  document: SearchDocument,
): Promise<string> {
  const key = `${folder}search.json`;
  await objects.put(key, Buffer.from(JSON.stringify(document)), { contentType: 'application/json' });
  return key;
}

/** @throws {ArtifactInvalidError} when it is not a search's document */
export async function readSearch({ objects }: Pick<TrainingDeps, 'objects'>, key: string): Promise<SearchDocument> {
  const parsed = documentSchema.safeParse(JSON.parse(new TextDecoder().decode(await objects.get(key))));
  if (!parsed.success) throw new ArtifactInvalidError(`${key} is not a search: ${parsed.error.issues[0]?.message}`);
  return parsed.data as SearchDocument;
}
