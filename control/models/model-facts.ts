import type { ArtifactStore, ModelVersion } from '../../activities/ports.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import type { Manifest } from '../../core/registry/manifest.js';
import { type ModelDocument, parseModelDocument } from '../../core/registry/model-document.js';

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
  const file = await artifacts.readFile(artifactPrefix, 'model.json', manifest);
  return { manifest, document: parseModelDocument(file, `${artifactPrefix}model.json`) };
}
