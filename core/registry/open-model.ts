import { ArtifactInvalidError } from '../errors.js';
import { type EncoderPlan, parseEncoderPlan } from '../features/encoder-plan.js';
import { decodeForest } from '../forest/decode-forest.js';
import type { Forest } from '../forest/forest.js';
import type { ModelDocument } from './model-document.js';

/**
 * Encoder and forest of a model, from its document and its `forest.bin`.
 *
 * @throws {ArtifactInvalidError} when one of them is damaged, or they are not of one model
 */
export function openModel(document: ModelDocument, forestFile: Uint8Array): { plan: EncoderPlan; forest: Forest } {
  const plan = parseEncoderPlan(document.encoder);
  const forest = decodeForest(forestFile);
  requireSameInputs(plan, forest, 'model.json');
  return { plan, forest };
}

/**
 * @param where the model, for the message
 * @throws {ArtifactInvalidError} when the encoder makes other inputs than the forest takes
 */
export function requireSameInputs(plan: EncoderPlan, forest: Forest, where: string): void {
  if (forest.features === plan.columns.length) return;
  throw new ArtifactInvalidError(
    `${where}: the forest takes ${forest.features} inputs, the encoder makes ${plan.columns.length}`,
  );
}
