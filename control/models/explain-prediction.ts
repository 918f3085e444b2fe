import type { Pool } from 'pg';
import { z } from 'zod';
import type { ArtifactStore } from '../../activities/ports.js';
import { findModel } from '../../adapters/postgres/model-catalog.js';
import type { Row } from '../../core/dataset/row.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { featureNames } from '../../core/features/encoder-plan.js';
import { explainRow } from '../../core/forest/explain-row.js';
import { openModel } from '../../core/registry/open-model.js';
import { readModelFacts } from './model-facts.js';

export const explanationSchema = z.object({
  base_value: z.number().describe('The average of the training data'),
  contributions: z.record(z.string(), z.number()).describe('What each input added; all add up to the prediction'),
});

interface ExplainDeps {
  readonly pool: Pool;
  readonly artifacts: ArtifactStore;
}

/**
 * Why a version says what it says of a row.
 *
 * @returns null where the files of the version are gone, or the version predicts classes
 */
export async function explainPrediction(
  deps: ExplainDeps,
  project: string,
  version: string,
  input: Row,
): Promise<z.input<typeof explanationSchema> | null> {
  const model = await findModel(deps.pool, project, version);
  const facts = await readModelFacts(deps, model);
  if (facts === null || facts.document.task !== 'regression') return null;
  const forestFile = await deps.artifacts.readFile(model.artifactPrefix, 'forest.bin', facts.manifest);
  const { plan, forest } = openModel(facts.document, forestFile);
  const names = featureNames(plan);
  const { baseValues, contributions } = explainRow(forest, encodeRows(plan, [input]).data);
  return {
    base_value: baseValues[0]!,
    contributions: Object.fromEntries(names.map((name, f) => [name, contributions[f]!])),
  };
}
