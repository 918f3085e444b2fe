import type { Row } from '../../core/dataset/row.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { parseEncoderPlan } from '../../core/features/encoder-plan.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import type { ModelProject } from '../../core/project.js';
import { modelDocumentSchema } from '../../core/registry/model-document.js';
import { artifactPrefix } from '../../core/registry/version.js';
import { type ModelOutputs, modelOutputs } from '../../core/training/model-outputs.js';
import type { TrainingDeps } from './training-deps.js';

/** A stored model as a function of rows. */
export interface StoredModel {
  readonly version: string;
  outputs(rows: readonly Row[]): ModelOutputs;
}

export async function loadModel(
  { artifacts }: Pick<TrainingDeps, 'artifacts'>,
  project: ModelProject,
  version: string,
): Promise<StoredModel> {
  const prefix = artifactPrefix(project.prefix, version);
  const manifest = await artifacts.readManifest(prefix);
  const document = modelDocumentSchema.parse(
    JSON.parse(new TextDecoder().decode(await artifacts.readFile(prefix, 'model.json', manifest))),
  );
  const encoder = parseEncoderPlan(document.encoder);
  const forest = decodeForest(await artifacts.readFile(prefix, 'forest.bin', manifest));
  return { version, outputs: (rows) => modelOutputs(forest, encodeRows(encoder, rows), document.classes ?? []) };
}
