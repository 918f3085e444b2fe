import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { HttpProblem } from '../adapters/http/problem.js';
import { endpointsOf } from './endpoints/index.js';
import { allowOrigin } from './http/cors.js';
import { type Endpoint, runEndpoint } from './http/endpoint.js';
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

/** Endpoints whose path has no parts to match: they need none of the application's routing. */
function shortLaneOf(endpoints: readonly Endpoint[]): Map<string, Endpoint> {
  const direct = endpoints.filter(({ method, path, predicts }) => method === 'POST' && predicts && !path.includes(':'));
  return new Map(direct.map((endpoint) => [endpoint.path, endpoint]));
}

/**
 * What the HTTP server calls. Predictions take a short lane to the very same endpoint that the application mounts;
 * everything else goes through the application.
 */
export function createListener(
  service: InferenceService,
): (request: IncomingMessage, response: ServerResponse) => void {
  const endpoints = endpointsOf(service.project);
  const app = createApp(service, endpoints);
  const shortLane = shortLaneOf(endpoints);
  return (request, response) => {
    if (allowOrigin(service.corsOrigins, request, response)) return;
    if (request.method === 'POST') {
      const endpoint = shortLane.get(request.url!);
      if (endpoint) return void runEndpoint(endpoint, service, request, response);
    }
    app(request, response);
  };
}
