import { HttpProblem } from '../../adapters/http/problem.js';
import type { Row } from '../../core/dataset/row.js';
import { type FieldProblem, NoModelError, UnavailableError } from '../../core/errors.js';
import type { Caller } from '../http/caller.js';
import type { ServedModel } from '../model/served-model.js';
import type { InferenceService } from '../service.js';
import { jsonText } from './json-text.js';

/** A prediction that is recorded and may be answered. */
export interface Answer {
  readonly id: number;
  readonly prediction: number;
  readonly model: ServedModel;
  readonly warnings: readonly FieldProblem[];
  /** From the arrival of the request to the prediction: what is recorded and compared. */
  readonly latencyMs: number;
  readonly at: Date;
}

/** @throws {NoModelError} when the slot is empty */
export function currentModel({ model, project, slot }: InferenceService): ServedModel {
  if (model.current) return model.current;
  const reason = model.failure ? `: ${model.failure.message}` : '';
  throw new NoModelError(`the ${slot} slot of ${project.name} has no model to predict with${reason}`);
}

/**
 * Predicts one row and records it.
 *
 * @param arrived `performance.now()` when the request came in
 * @throws {NoModelError} when the slot is empty
 * @throws {UnavailableError} when the prediction cannot be recorded: it is not answered then
 * @throws {HttpProblem} 500 when the model gives no number
 */
export async function predictOne(
  service: InferenceService,
  caller: Caller,
  row: Row,
  arrived: number,
): Promise<Answer> {
  const { ids, log, slot, project, metrics, lookups } = service;
  const model = currentModel(service);
  if (log.overloaded) throw new UnavailableError('too many predictions wait to be recorded: try again in a moment');
  const id = ids.take();
  if (id === null)
    throw new UnavailableError('no prediction ids left while the database is away: try again in a moment');
  const warnings: FieldProblem[] = [];
  const prediction = model.predict(row, warnings);
  if (!Number.isFinite(prediction)) {
    throw new HttpProblem({
      status: 500,
      code: 'MODEL_FAILED',
      message: `${model.version} gave ${prediction} for this input`,
    });
  }
  const latencyMs = performance.now() - arrived;
  const at = new Date();
  await log.append({
    id,
    modelVersion: model.version,
    variant: slot,
    assignedVariant: caller.assignedVariant,
    experimentId: caller.experimentId,
    userId: caller.userId,
    requestId: caller.requestId,
    shadow: caller.shadow,
    input: jsonText(row),
    prediction,
    latencyMs,
    createdAt: at.getTime(),
  });
  lookups.count(model, row, warnings);
  metrics.predictions.inc({ project: project.name, variant: slot });
  metrics.versionPredictions.inc({ project: project.name, version: project.versionNames?.[slot] ?? model.version });
  metrics.predictionLatency.observe({ project: project.name, variant: slot }, latencyMs / 1000);
  return { id, prediction, model, warnings, latencyMs, at };
}
