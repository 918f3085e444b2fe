import { HttpProblem } from '../../adapters/http/problem.js';
import { InvalidInputError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import { isReady } from '../endpoints/health.js';
import { checked } from '../http/checked.js';
import type { Endpoint, Exchange } from '../http/endpoint.js';
import { receive } from '../http/receive.js';
import { sendJson } from '../http/send.js';
import { predictOne } from '../predict/predict-one.js';
import { modelMetadata, namedModel, outputNames, SERVER_NAME, SERVER_VERSION } from './metadata.js';
import { rowsOfTensors } from './rows-of-tensors.js';
import { inferRequestSchema } from './tensor.js';

const INFER_BODY_LIMIT = 4 * 1024 * 1024;
const errors = 'inference-protocol' as const;

const serverMetadata: Endpoint = {
  name: 'v2',
  method: 'GET',
  path: '/v2',
  errors,
  handle: ({ response }) => sendJson(response, { name: SERVER_NAME, version: SERVER_VERSION, extensions: [] }),
};

const live: Endpoint = {
  name: 'v2_live',
  method: 'GET',
  path: '/v2/health/live',
  errors,
  handle: ({ response }) => sendJson(response, { live: true }),
};

const ready: Endpoint = {
  name: 'v2_ready',
  method: 'GET',
  path: '/v2/health/ready',
  errors,
  handle({ service, response }) {
    const now = isReady(service);
    sendJson(response, { ready: now }, now ? 200 : 503);
  },
};

function metadata({ service, response, params }: Exchange): void {
  sendJson(response, modelMetadata(service.project, namedModel(service, params.model, params.version)));
}

function modelReady({ service, response, params }: Exchange): void {
  namedModel(service, params.model, params.version);
  const now = isReady(service);
  sendJson(response, { name: params.model, ready: now }, now ? 200 : 503);
}

/** Rows are predicted and recorded one by one, and answered together. */
async function infer(exchange: Exchange): Promise<void> {
  const { service, request, response, caller, params, arrived } = exchange;
  if (request.headers['inference-header-content-length'] !== undefined) {
    throw new HttpProblem({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'binary tensors are not supported' });
  }
  const model = namedModel(service, params.model, params.version);
  const { id, inputs, outputs } = checked(inferRequestSchema, await receive(exchange, INFER_BODY_LIMIT));
  const unknown = outputs?.find(({ name }) => !outputNames.some((known) => known === name));
  if (unknown) {
    const message = `there is no output '${unknown.name}': the outputs are ${outputNames.join(', ')}`;
    throw new InvalidInputError(message, [{ field: 'outputs', message }]);
  }
  const rows = rowsOfTensors(service.project, inputs).map((row, r) => {
    try {
      return parseInput(service.project.input, row);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      throw new InvalidInputError(`row ${r}: ${error.message}`, error.problems, { cause: error });
    }
  });
  const answers = await Promise.all(rows.map((row) => predictOne(service, caller, row, arrived)));
  const tensors = [
    { name: 'prediction', datatype: 'FP64', shape: [rows.length], data: answers.map(({ prediction }) => prediction) },
    { name: 'prediction_id', datatype: 'INT64', shape: [rows.length], data: answers.map((answer) => answer.id) },
  ];
  response.setHeader('X-Variant', service.slot);
  response.setHeader('X-Model-Version', model.version);
  sendJson(response, {
    model_name: service.project.name,
    model_version: answers[0]?.model.version ?? model.version,
    ...(id === undefined ? {} : { id }),
    parameters: { variant: service.slot, unit: service.project.target.unit },
    outputs: outputs ? tensors.filter(({ name }) => outputs.some((wanted) => wanted.name === name)) : tensors,
  });
}

function forModel(suffix: string, endpoint: Omit<Endpoint, 'path' | 'errors'>): Endpoint[] {
  return ['/v2/models/:model', '/v2/models/:model/versions/:version'].map((base) => ({
    ...endpoint,
    path: base + suffix,
    errors,
  }));
}

/**
 * The Open Inference Protocol, version 2, over REST.
 * @see https://github.com/open-inference/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
export const protocolEndpoints: readonly Endpoint[] = [
  serverMetadata,
  live,
  ready,
  ...forModel('', { name: 'v2_model', method: 'GET', handle: metadata }),
  ...forModel('/ready', { name: 'v2_model_ready', method: 'GET', handle: modelReady }),
  ...forModel('/infer', { name: 'v2_infer', method: 'POST', predicts: true, scope: 'predict:write', handle: infer }),
];
