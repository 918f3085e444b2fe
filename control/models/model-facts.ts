import type { ArtifactStore, ModelVersion } from '../../activities/ports.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import type { Manifest } from '../../core/registry/manifest.js';
import { type ModelDocument, modelDocumentSchema } from '../../core/registry/model-document.js';

export interface ModelFacts {
  readonly manifest: Manifest;
  readonly document: ModelDocument;
}

/**
 * What a version's own files say; null when they were never finished or were deleted.
 *
 * @throws {ArtifactInvalidError} when they are there and damaged
 */
export async function readModelFacts(
  { artifacts }: { readonly artifacts: ArtifactStore },
  { artifactPrefix, state }: ModelVersion,
): Promise<ModelFacts | null> {
  if (state === 'deleted') return null;
  let manifest: Manifest;
  try {
    manifest = await artifacts.readManifest(artifactPrefix);
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return null;
    throw error;
  }
  const text = new TextDecoder().decode(await artifacts.readFile(artifactPrefix, 'model.json', manifest));
  const parsed = modelDocumentSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new ArtifactInvalidError(`${artifactPrefix}model.json: ${parsed.error.issues[0]?.message}`);
  return { manifest, document: parsed.data };
}
