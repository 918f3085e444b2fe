import type { Row } from '../dataset/row.js';
import { ArtifactInvalidError } from '../errors.js';
import type { ModelDocument } from './model-document.js';

/** Predictions may differ from the trainer's by rounding only. */
const TOLERANCE = 1e-9;

/**
 * Compares what a loaded model says with what its trainer wrote down that it says.
 *
 * @param predict the loaded model, n rows to n values
 * @param where the document, for the message
 * @throws {ArtifactInvalidError} when they differ, or there is nothing to compare
 */
export function checkExpected(
  { expected }: ModelDocument,
  predict: (rows: readonly Row[]) => ArrayLike<number>,
  where = 'model.json',
): void {
  if (expected.length === 0) throw new ArtifactInvalidError(`${where} has no expected predictions to check against`);
  const said = predict(expected.map(({ row }) => row));
  for (const [i, { prediction }] of expected.entries()) {
    if (!(Math.abs(said[i]! - prediction) <= TOLERANCE * Math.max(1, Math.abs(prediction)))) {
      throw new ArtifactInvalidError(`${where}: expected row ${i} to give ${prediction}, got ${said[i]}`);
    }
  }
}
