import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { HttpProblem } from '../adapters/http/problem.js';
import { endpointsOf, predictionEndpointsOf } from './endpoints/index.js';
import { allowOrigin } from './http/cors.js';
import { type Endpoint, type PredictionEndpoint, runEndpoint } from './http/endpoint.js';
import type { ShortLane } from './http/short-lane.js';
import type { InferenceService } from './service.js';

const unknownPath: Endpoint = {
  name: 'unknown',
  method: 'GET',
  path: '/{*path}',
  handle({ request }) {
    throw new HttpProblem({ status: 404, code: 'NOT_FOUND', message: `there is nothing at ${pathOf(request)}` });
  },
};

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0]!.slice(0, 200);
}

function otherMethod(path: string, allowed: readonly string[]): Endpoint {
  const methods = allowed.join(', ');
  return {
    name: 'unknown',
    method: 'GET',
    path,
    handle({ request }) {
      throw new HttpProblem({
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        message: `${request.method} is not possible at ${pathOf(request)}: use ${methods}`,
        headers: { Allow: methods },
      });
    },
  };
}

/** The prediction service as an Express application; it does not listen. */
export function createApp(service: InferenceService, endpoints = endpointsOf(service.project)): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  const run = (endpoint: Endpoint) => (request: express.Request, response: express.Response) =>
    runEndpoint(endpoint, service, request, response, request.params as Record<string, string>);

  const methodsByPath = new Map<string, string[]>();
  for (const endpoint of endpoints) {
    app[endpoint.method === 'GET' ? 'get' : 'post'](endpoint.path, run(endpoint));
    methodsByPath.set(endpoint.path, [...(methodsByPath.get(endpoint.path) ?? []), endpoint.method]);
  }
  for (const [path, methods] of methodsByPath) app.all(path, run(otherMethod(path, methods)));
  app.use(run(unknownPath));
  // what Express itself refuses, such as a path that is not valid percent-encoding
  app.use((_error: unknown, request: express.Request, response: express.Response, _next: express.NextFunction) =>
    run(unknownPath)(request, response),
  );
  return app;
}

const byPath = (endpoints: readonly PredictionEndpoint[]) =>
  new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]));

/**
 * What the HTTP server calls. Predictions go straight to the very same endpoint that the application mounts; everything
 * else goes through the application.
 */
export function createListener(
  service: InferenceService,
): (request: IncomingMessage, response: ServerResponse) => void {
  const app = createApp(service);
  const predictions = byPath(predictionEndpointsOf(service.project));
  return (request, response) => {
    if (allowOrigin(service.corsOrigins, request, response)) return;
    if (request.method === 'POST') {
      const endpoint = predictions.get(request.url!);
      if (endpoint) return void runEndpoint(endpoint, service, request, response);
    }
    app(request, response);
  };
}

/** The short lane to the same endpoints, for predictions that come whole. */
export function createShortLane(service: InferenceService): ShortLane {
  const predictions = byPath(predictionEndpointsOf(service.project));
  return {
    paths: new Set(predictions.keys()),
    answer: (request, answer) => void runEndpoint(predictions.get(request.url)!, service, request, answer),
  };
}
