import type { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { parseEncoderPlan } from '../../core/features/encoder-plan.js';
import type { ModelProject } from '../../core/project.js';
import { checkExpected } from '../../core/registry/check-expected.js';
import { parseModelDocument } from '../../core/registry/model-document.js';
import { requireSameInputs } from '../../core/registry/open-model.js';
import { artifactPrefix } from '../../core/registry/version.js';
import { prepareForest } from './prepare-forest.js';
import { type ServedModel, serveModel } from './served-model.js';

/** Checked artifacts, from S3 or a local copy. */
export type ArtifactReader = Pick<ReturnType<typeof createArtifactStore>, 'readManifest' | 'readFile'>;

const WARM_UP_ROUNDS = 2_000;
/** Predictions between two turns of the requests: a cold one takes some ten times as long as a warm one. */
const WARM_UP_TURN = 10;

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
  const where = `${prefix}model.json`;
  const document = parseModelDocument(await artifacts.readFile(prefix, 'model.json', manifest), where);
  for (const stated of [manifest, document]) {
    if (stated.project !== project.name || stated.version !== version) {
      throw new ArtifactInvalidError(
        `${prefix} says it is ${stated.project} ${stated.version}, expected ${project.name} ${version}`,
      );
    }
  }
  const plan = parseEncoderPlan(document.encoder);
  const forest = await prepareForest(await artifacts.readFile(prefix, 'forest.bin', manifest));
  requireSameInputs(plan, forest, prefix);
  const model = serveModel(document, plan, forest);
  checkExpected(document, (rows) => rows.map((row) => model.predict(row)), where);
  await warmUp(model);
  return model;
}
