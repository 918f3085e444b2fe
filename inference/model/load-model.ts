import type { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { parseEncoderPlan } from '../../core/features/encoder-plan.js';
import type { ModelProject } from '../../core/project.js';
import { type ModelDocument, modelDocumentSchema } from '../../core/registry/model-document.js';
import { artifactPrefix } from '../../core/registry/version.js';
import { prepareForest } from './prepare-forest.js';
import { type ServedModel, serveModel } from './served-model.js';

/** Checked artifacts, from S3 or a local copy. */
export type ArtifactReader = Pick<ReturnType<typeof createArtifactStore>, 'readManifest' | 'readFile'>;

/** Predictions may differ from the trainer's by rounding only. */
const TOLERANCE = 1e-9;
const WARM_UP_ROUNDS = 2_000;
/** Predictions between two turns of the requests: a cold one takes some ten times as long as a warm one. */
const WARM_UP_TURN = 10;

function parseDocument(bytes: Uint8Array, where: string): ModelDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ArtifactInvalidError(`${where} is not JSON`, { cause: error });
  }
  const result = modelDocumentSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ArtifactInvalidError(`${where}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Compares the model with what its trainer said it predicts. */
function checkExpected(model: ServedModel, where: string): void {
  const { expected } = model.document;
  if (expected.length === 0) throw new ArtifactInvalidError(`${where} has no expected predictions to check against`);
  for (const [i, { row, prediction }] of expected.entries()) {
    const got = model.predict(row);
    if (!(Math.abs(got - prediction) <= TOLERANCE * Math.max(1, Math.abs(prediction)))) {
      throw new ArtifactInvalidError(`${where}: expected row ${i} to give ${prediction}, got ${got}`);
    }
  }
}

/** Lets the compiler see the code paths before a user does; gives way to requests now and then. */
async function warmUp(model: ServedModel): Promise<void> {
  const { expected } = model.document;
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    model.predict(expected[round % expected.length]!.row);
    if (round % WARM_UP_TURN === WARM_UP_TURN - 1) await new Promise(setImmediate);
  }
}

/**
 * A version from its artifacts: checked against the manifest, decoded, compared with its expected predictions and warm.
 *
 * @throws {ArtifactInvalidError} when it is not what it should be: it must not be served
 */
export async function loadModel(
  artifacts: ArtifactReader,
  project: ModelProject,
  version: string,
): Promise<ServedModel> {
  const prefix = artifactPrefix(project.prefix, version);
  const manifest = await artifacts.readManifest(prefix);
  const document = parseDocument(await artifacts.readFile(prefix, 'model.json', manifest), `${prefix}model.json`);
  for (const stated of [manifest, document]) {
    if (stated.project !== project.name || stated.version !== version) {
      throw new ArtifactInvalidError(
        `${prefix} says it is ${stated.project} ${stated.version}, expected ${project.name} ${version}`,
      );
    }
  }
  const plan = parseEncoderPlan(document.encoder);
  const forest = await prepareForest(await artifacts.readFile(prefix, 'forest.bin', manifest));
  if (forest.features !== plan.columns.length) {
    throw new ArtifactInvalidError(
      `${prefix}: the forest takes ${forest.features} inputs, the encoder makes ${plan.columns.length}`,
    );
  }
  const model = serveModel(document, plan, forest);
  checkExpected(model, `${prefix}model.json`);
  await warmUp(model);
  return model;
}
