import type { ModelProject } from '../core/project.js';
import { parseModelDocument } from '../core/registry/model-document.js';
import { openModel } from '../core/registry/open-model.js';
import { artifactPrefix } from '../core/registry/version.js';
import type { ArtifactStore } from './ports.js';

/**
 * Document, encoder and forest of a stored version.
 *
 * @throws {ArtifactInvalidError} when its files are not what its manifest says, or not of one model
 */
export async function readModel(artifacts: ArtifactStore, project: ModelProject, version: string) {
  const prefix = artifactPrefix(project.prefix, version);
  const manifest = await artifacts.readManifest(prefix);
  const document = parseModelDocument(await artifacts.readFile(prefix, 'model.json', manifest));
  return { document, ...openModel(document, await artifacts.readFile(prefix, 'forest.bin', manifest)) };
}
