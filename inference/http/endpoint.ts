import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem, sendProtocolError, type TextResponse, toProblem } from '../../adapters/http/problem.js';
import type { Scope } from '../access/admission.js';
import type { Operation } from '../openapi/operation.js';
import type { InferenceService } from '../service.js';
import { type Caller, readCaller } from './caller.js';
import type { PlainPost } from './plain-post.js';

/** What the endpoints of predictions use of an answer. */
export interface AnyResponse extends TextResponse {
  statusCode: number;
  readonly destroyed: boolean;
  setHeader(name: string, value: string): unknown;
}

/** One request on its way. */
export interface Exchange<Request = IncomingMessage, Response = ServerResponse> {
  readonly service: InferenceService;
  readonly request: Request;
  readonly response: Response;
  /** `performance.now()` when the request came in. */
  readonly arrived: number;
  readonly caller: Caller;
  /** Named parts of the path. */
  readonly params: Readonly<Record<string, string>>;
}

/** One request of the usual way or of the short lane. */
export type AnyExchange = Exchange<IncomingMessage | PlainPost, AnyResponse>;

/** A path with what answers it. */
export interface Endpoint {
  /** Its name in the metrics. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** As Express reads it. */
  readonly path: string;
  /** Counts its failures as prediction errors. */
  readonly predicts?: boolean;
  /** Its documentation, where it is a project's own. */
  readonly operation?: Operation;
  /** What an API key must be for where keys are asked for; without it the endpoint is open. */
  readonly scope?: Scope;
  /** How its errors are told; default: problem details. */
  readonly errors?: 'problem' | 'inference-protocol';
  readonly handle: (exchange: Exchange) => Promise<void> | void;
}

/** An endpoint that runs in the short lane as well as in the Express application. */
export interface PredictionEndpoint extends Endpoint {
  readonly method: 'POST';
  readonly predicts: true;
  readonly handle: (exchange: AnyExchange) => Promise<void> | void;
}

export function queryOf(request: Pick<IncomingMessage, 'url'>): URLSearchParams {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

function fail(endpoint: Omit<Endpoint, 'handle'>, exchange: AnyExchange, error: unknown): void {
  const { service, request, response, caller } = exchange;
  const problem = toProblem(error);
  const { code, status } = problem;
  if (endpoint.predicts) {
    service.metrics.predictionErrors.inc({ project: service.project.name, variant: service.slot, code });
  }
  if (endpoint.predicts && status >= 500 && service.slot === 'production') service.failed.add(caller);
  if (status >= 500) {
    const level = status === 500 ? 'error' : 'warn';
    service.logger[level]({ err: error, code, requestId: caller.requestId, endpoint: endpoint.name }, 'request failed');
  }
  if (response.destroyed) {
    response.statusCode = status; // nobody hears it, but it is counted as what it was
    return;
  }
  if (!response.headersSent) response.setHeader('X-Variant', service.slot);
  if (endpoint.errors === 'inference-protocol') sendProtocolError(response, problem);
  else sendProblem(response, problem, caller.requestId);
  if ('resume' in request && !request.readableEnded) request.resume(); // what is still coming must not stand in the way of the answer
}

/** Answers one request: runs the endpoint, turns what it throws into a problem, and counts. */
export async function runEndpoint<Request extends IncomingMessage | PlainPost, Response extends AnyResponse>(
  endpoint: Omit<Endpoint, 'handle'> & { handle: (exchange: Exchange<Request, Response>) => Promise<void> | void },
  service: InferenceService,
  request: Request,
  response: Response,
  params: Readonly<Record<string, string>> = {},
): Promise<void> {
  const arrived = performance.now();
  const { headers } = request;
  const exchange = { service, request, response, arrived, caller: readCaller(headers, service.userIds), params };
  const { slot: variant, metrics } = service;
  if (!endpoint.predicts) response.setHeader('X-Variant', variant); // a prediction's answer brings its own
  if (service.draining) response.setHeader('Connection', 'close');
  try {
    if (service.admit !== null && endpoint.scope !== undefined) await service.admit(request, endpoint.scope);
    await endpoint.handle(exchange);
  } catch (error) {
    fail(endpoint, exchange, error);
  }
  metrics.requests.inc({ endpoint: endpoint.name, variant, status: response.statusCode });
  metrics.requestDuration.observe({ endpoint: endpoint.name, variant }, (performance.now() - arrived) / 1000);
}
