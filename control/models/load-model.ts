import type { ArtifactStore } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { type EncoderPlan, parseEncoderPlan } from '../../core/features/encoder-plan.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import type { ModelProject } from '../../core/project.js';
import { artifactFiles } from '../../core/registry/manifest.js';
import { type ModelDocument, modelDocumentSchema } from '../../core/registry/model-document.js';
import { type ModelOutputs, modelOutputs } from '../../core/training/model-outputs.js';

const TOLERANCE = 1e-9;

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
  const parsed = modelDocumentSchema.safeParse(JSON.parse(new TextDecoder().decode(files['model.json'])));
  if (!parsed.success) throw new ArtifactInvalidError(`model.json: ${parsed.error.issues[0]?.message}`);
  const document = parsed.data;
  if (document.project !== project.name || document.task !== project.task) {
    throw new ArtifactInvalidError(
      `model.json is of ${document.project} (${document.task}), expected ${project.name} (${project.task})`,
    );
  }
  const plan = parseEncoderPlan(document.encoder);
  const unknown = plan.columns.find(({ name }) => !project.dataset.columns.includes(name));
  if (unknown) throw new ArtifactInvalidError(`the model reads ${unknown.name}, which ${project.name} does not have`);
  const forest = decodeForest(files['forest.bin']!);
  if (forest.features !== plan.columns.length) {
    throw new ArtifactInvalidError(
      `the forest takes ${forest.features} inputs, the encoder makes ${plan.columns.length}`,
    );
  }
  const outputs = (rows: readonly Row[]) => modelOutputs(forest, encodeRows(plan, rows), document.classes ?? []);
  return { document, plan, files, outputs };
}

/** @throws {ArtifactInvalidError} when the model does not say what its own document expects of it */
export function checkExpected({ document, outputs }: LoadedModel): void {
  const { expected } = document;
  if (expected.length === 0)
    throw new ArtifactInvalidError('model.json has no expected predictions to check the model with');
  const said = outputs(expected.map(({ row }) => row)).values;
  for (const [i, { prediction }] of expected.entries()) {
    if (!(Math.abs(said[i]! - prediction) <= TOLERANCE * Math.max(1, Math.abs(prediction)))) {
      throw new ArtifactInvalidError(`expected row ${i} to give ${prediction}, the forest says ${said[i]}`);
    }
  }
}
