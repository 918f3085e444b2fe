import express, { type Express } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createAccountStore } from '../adapters/postgres/account-store.js';
import { createApiKeyStore } from '../adapters/postgres/api-key-store.js';
import { createIdempotencyStore } from '../adapters/postgres/idempotency-store.js';
import { createSessionStore } from '../adapters/postgres/session-store.js';
import { controlMetricDefinitions, createMetrics } from '../monitoring/metrics.js';
import { createAdmission } from './access/admit.js';
import type { ControlDeps } from './control-deps.js';
import { answerErrors, answerNotFound } from './http/answer-errors.js';
import { cors } from './http/cors.js';
import { measureRequests } from './http/measure-requests.js';
import { mountRoutes } from './http/mount-routes.js';
import { createOnce } from './http/once.js';
import { requestLog } from './http/request-log.js';
import { createHoursOfPredictions } from './monitoring/hours-of-predictions.js';
import { docsPage } from './openapi/docs-page.js';
import { openApiDocument } from './openapi/document.js';
import { createRoutes } from './routes.js';

const VERSION = '1.0.0';

/**
 * The control API, ready to listen.
 *
 * @param hours the counts of predictions, shared with whoever counts ahead
 */
export function createControlApp(deps: ControlDeps, hours = createHoursOfPredictions(deps.pool)): Express {
  const { pool, access, audit } = deps;
  const stores = {
    accounts: createAccountStore(pool),
    sessions: createSessionStore(pool),
    keys: createApiKeyStore(pool),
  };
  const app = express();
  app.set('trust proxy', access.trustedProxies);
  app.disable('x-powered-by');
  app.disable('etag'); // the routes set strong ones
  app.set('query parser', 'simple');
  app.use(requestLog(deps.logger));
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    next();
  });
  app.use(cors(access.corsOrigins));
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  app.use(measureRequests(createMetrics(registry, controlMetricDefinitions)));

  const routes = createRoutes({ ...deps, ...stores, hours });
  const document = JSON.stringify(openApiDocument(routes, VERSION));
  const page = docsPage(routes, VERSION);
  app.get('/openapi.json', (_request, response) => void response.type('application/json').send(document));
  app.get(['/', '/docs'], (_request, response) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    response.type('html').send(page);
  });
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  mountRoutes(app, routes, {
    admit: createAdmission({ ...stores, audit, settings: access }),
    once: createOnce(createIdempotencyStore(pool)),
  });
  app.use(answerNotFound);
  app.use(answerErrors);
  return app;
}
