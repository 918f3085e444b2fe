import type { ArtifactStore } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import type { EncoderPlan } from '../../core/features/encoder-plan.js';
import type { ModelProject } from '../../core/project.js';
import { artifactFiles } from '../../core/registry/manifest.js';
import { type ModelDocument, parseModelDocument } from '../../core/registry/model-document.js';
import { openModel } from '../../core/registry/open-model.js';
import { type ModelOutputs, modelOutputs } from '../../core/training/model-outputs.js';

/** A model with its files, ready to be asked. */
export interface LoadedModel {
  readonly document: ModelDocument;
  readonly plan: EncoderPlan;
  readonly files: Readonly<Record<string, Uint8Array>>;
  outputs(rows: readonly Row[]): ModelOutputs;
}

/**
 * Reads a finished model and checks that it is one of this project.
 * @throws {ArtifactInvalidError}
 */
export async function loadModel(artifacts: ArtifactStore, prefix: string, project: ModelProject): Promise<LoadedModel> {
  const manifest = await artifacts.readManifest(prefix);
  const files: Record<string, Uint8Array> = {};
  for (const name of artifactFiles) {
    if (name === 'model.onnx' && !manifest.files[name]) continue;
    files[name] = await artifacts.readFile(prefix, name, manifest);
  }
  const document = parseModelDocument(files['model.json']!);
  if (document.project !== project.name || document.task !== project.task) {
    throw new ArtifactInvalidError(
      `model.json is of ${document.project} (${document.task}), expected ${project.name} (${project.task})`,
    );
  }
  const { plan, forest } = openModel(document, files['forest.bin']!);
  const unknown = plan.columns.find(({ name }) => !project.dataset.columns.includes(name));
  if (unknown) throw new ArtifactInvalidError(`the model reads ${unknown.name}, which ${project.name} does not have`);
  const outputs = (rows: readonly Row[]) => modelOutputs(forest, encodeRows(plan, rows), document.classes ?? []);
  return { document, plan, files, outputs };
}
