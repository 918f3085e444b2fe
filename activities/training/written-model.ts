import { ArtifactInvalidError } from '../../core/errors.js';
import { type ModelDocument, parseModelDocument } from '../../core/registry/model-document.js';
import type { TrainingDeps } from './training-deps.js';

/** The model an earlier attempt of this very run wrote; null when none got that far. */
export async function writtenModel(
  { artifacts }: Pick<TrainingDeps, 'artifacts'>,
  prefix: string,
  runId: string,
): Promise<ModelDocument | null> {
  try {
    const document = parseModelDocument(await artifacts.readFile(prefix, 'model.json'));
    return document.lineage.runId === runId ? document : null;
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return null;
    throw error;
  }
}
