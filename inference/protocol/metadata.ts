import { NotFoundError } from '../../core/errors.js';
import type { ModelProject } from '../../core/project.js';
import type { ServedModel } from '../model/served-model.js';
import { currentModel } from '../predict/predict-one.js';
import type { InferenceService } from '../service.js';

export const SERVER_NAME = 'incumbent';
export const SERVER_VERSION = '0.1.0';

/** Names of the output tensors. */
export const outputNames = ['prediction', 'prediction_id'] as const;

/**
 * The model that a path names.
 *
 * @throws {NotFoundError} when this service serves another model or version
 * @throws {NoModelError} when it serves none
 */
export function namedModel(
  service: InferenceService,
  name: string | undefined,
  version: string | undefined,
): ServedModel {
  if (name !== service.project.name) {
    throw new NotFoundError(`there is no model '${name}' here: this service serves ${service.project.name}`);
  }
  const model = currentModel(service);
  if (version !== undefined && version !== model.version) {
    throw new NotFoundError(`version '${version}' of ${name} is not served here: ${model.version} is`);
  }
  return model;
}

/** What the protocol calls the metadata of a model. */
export function modelMetadata({ name, features, title, target, task }: ModelProject, model: ServedModel) {
  return {
    name,
    versions: [model.version],
    platform: 'incumbent_forest',
    inputs: features.map((feature) => ({
      name: feature.name,
      datatype: feature.kind === 'numeric' ? 'FP64' : 'BYTES',
      shape: [-1],
    })),
    outputs: [
      { name: 'prediction', datatype: 'FP64', shape: [-1] },
      { name: 'prediction_id', datatype: 'INT64', shape: [-1] },
    ],
    parameters: { title, task, target: target.column, unit: target.unit, metrics: model.document.metrics },
  };
}
