import { knownCategories } from '../../core/features/encoder-plan.js';
import type { Endpoint } from '../http/endpoint.js';
import { sendJson } from '../http/send.js';
import type { ServedModel } from '../model/served-model.js';
import { currentModel } from '../predict/predict-one.js';

const namesByModel = new WeakMap<ServedModel, string[]>();

function namesOf(model: ServedModel): string[] {
  let names = namesByModel.get(model);
  if (!names) {
    names = knownCategories(model.plan, 'location');
    namesByModel.set(model, names);
  }
  return names;
}

/** `GET /api/get_location_names`: the places the served model knows; any other one is predicted as "other". */
export const locationNames: Endpoint = {
  name: 'get_location_names',
  method: 'GET',
  path: '/api/get_location_names',
  handle({ service, response }) {
    const model = currentModel(service);
    sendJson(response, { locations: namesOf(model), model_version: model.version });
  },
};
