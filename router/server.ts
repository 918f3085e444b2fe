import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createLogger } from '../adapters/logging/create-logger.js';
import { listenToChanges } from '../adapters/postgres/change-listener.js';
import { readDesiredRouting } from '../adapters/postgres/desired-routing.js';
import { createInstanceStore } from '../adapters/postgres/instance-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { routerSpans } from '../adapters/tracing/router-spans.js';
import { startTracing } from '../adapters/tracing/tracing.js';
import { loadConfig, required } from '../config.js';
import { createMetrics } from '../monitoring/metrics.js';
import { routerMetricDefinitions } from '../monitoring/router-metrics.js';
import { projects } from '../projects/index.js';
import { createBuiltInRouter } from './built-in-router.js';
import { readStatus } from './exporter/read-status.js';
import { startRouterExporter } from './exporter/router-exporter.js';
import { findNginx } from './find-nginx.js';
import { createNginxRouter } from './nginx-router.js';
import type { RouterExit } from './router.js';
import type { RoutingState } from './routing-state.js';

const POLL_MS = 1_000;
const STOP_PATIENCE_MS = 2_000;

const config = loadConfig();
const project = config.PROJECT ?? config.PROJECTS[0]!;
const logger = createLogger({ level: config.LOG_LEVEL, part: 'router', base: { project } });
const databaseUrl = required(config, 'DATABASE_URL');
const pool = createPool({
  connectionString: databaseUrl,
  max: 2,
  applicationName: 'incumbent-router',
  logger,
});
const instances = createInstanceStore(pool);
const id = config.INSTANCE_ID ?? `router-${hostname()}-${process.pid}`;
const list = (addresses: string | undefined) => addresses?.split(',').map((address) => address.trim());
const fixed = { production: list(config.PRODUCTION_UPSTREAMS), candidate: list(config.CANDIDATE_UPSTREAMS) };

const nginxPath = config.ROUTER === 'built-in' ? null : findNginx(config.NGINX_PATH);
if (config.ROUTER === 'nginx' && nginxPath === null) {
  throw new Error('ROUTER is nginx, but there is no nginx on PATH: install it, set NGINX_PATH, or use ROUTER=built-in');
}
const { ROUTER_TLS_CERTIFICATE: certificatePath, ROUTER_TLS_KEY: keyPath } = config;
if ((certificatePath === undefined) !== (keyPath === undefined)) {
  throw new Error('ROUTER_TLS_CERTIFICATE and ROUTER_TLS_KEY go together: set both, or none to serve plain HTTP');
}
const directory = join(config.INCUMBENT_HOME, 'router', project);
mkdirSync(directory, { recursive: true });
const settings = {
  host: config.HOST,
  port: config.ROUTER_PORT,
  assignment: projects.byName(project).split?.assignment ?? 'user',
  bodyLimitBytes: config.ROUTER_BODY_LIMIT_KB * 1024,
  trustedProxies: list(config.ROUTER_TRUSTED_PROXIES) ?? [],
  statusAllow: list(config.ROUTER_STATUS_ALLOW) ?? [],
  accessLogPath: join(directory, 'access.log'),
  accessLogUsers: config.PII_KEY === undefined,
  ...(config.ROUTER_RATE_LIMIT ? { rateLimit: { requestsPerSecond: config.ROUTER_RATE_LIMIT } } : {}),
  ...(certificatePath && keyPath ? { tls: { certificatePath, keyPath } } : {}),
  ...(config.OTEL_EXPORTER_OTLP_ENDPOINT ? { traceRatio: config.OTEL_TRACES_SAMPLER_ARG } : {}),
  logger,
  onExit,
};
const router =
  nginxPath === null ? createBuiltInRouter(settings) : createNginxRouter({ ...settings, nginxPath, directory });

/** Nobody stopped it: whoever supervises this process starts it again. */
function onExit({ message }: RouterExit): void {
  logger.error({ message }, 'the router ended');
  process.exit(1);
}

/** Until Postgres answers, every user goes to the production service of this machine. */
let state: RoutingState = {
  project,
  generation: 0,
  experimentId: null,
  salt: 'none',
  candidateWeightPercent: 0,
  shadowPercent: 0,
  production: fixed.production ?? [`127.0.0.1:${config.INFER_PROD_PORT}`],
  candidate: fixed.candidate ?? [],
};
await router.start(state);
logger.info({ router: router.kind, version: router.version(), port: router.port() }, 'router listens');

const tracing = await startTracing({ variables: config, service: 'router' });
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const exporter = await startRouterExporter({
  project,
  host: config.HOST,
  port: config.ROUTER_METRICS_PORT ?? config.ROUTER_PORT + 100,
  accessLogPath: settings.accessLogPath,
  metrics: createMetrics(registry, routerMetricDefinitions),
  registry,
  status: () => readStatus({ host: config.HOST, port: router.port(), tls: certificatePath !== undefined }),
  state: () => state,
  onRequest: tracing ? routerSpans(tracing) : undefined,
  logger,
});

async function follow(): Promise<void> {
  const desired = await readDesiredRouting(pool, project, fixed);
  // with nobody alive the last known addresses stay: an instance may be back before it has reported itself
  const next: RoutingState = {
    ...desired,
    production: desired.production.length > 0 ? [...desired.production] : state.production,
    candidate: [...desired.candidate],
  };
  let error: string | null = null;
  if (!isDeepStrictEqual(next, state)) {
    try {
      await router.apply(next);
      state = next;
      logger.info({ routing: next }, 'routing applied');
    } catch (failure) {
      error = (failure as Error).message;
      logger.error({ err: failure, routing: next }, 'routing not applied: the one before stays in force');
    }
  }
  await instances.report({
    id,
    project,
    slot: 'router',
    address: `${config.HOST}:${router.port()}`,
    generation: router.generation(),
    version: router.version(),
    error,
    refusedGeneration: error === null ? null : next.generation,
    spooled: 0,
  });
}

let stopping = false;
let news = new AbortController();
const subscription = listenToChanges(databaseUrl, 'routing', project, () => news.abort(), logger);

/** Looks every second, and at once when the routing is said to have changed. */
async function followOn(): Promise<void> {
  while (!stopping) {
    news = new AbortController();
    await follow().catch((error) => logger.warn({ err: error }, 'postgres is away: the routing stays as it is'));
    await sleep(POLL_MS, undefined, { signal: news.signal }).catch(() => {});
  }
}
const following = followOn();

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  news.abort();
  await subscription.stop();
  await Promise.race([following, sleep(STOP_PATIENCE_MS)]); // a report under way would bring the row back
  await instances.remove(id).catch((error) => logger.warn({ err: error }, 'could not sign off'));
  await router.stop({ graceMs: 10_000 });
  await exporter.stop();
  await tracing?.stop();
  await pool.end();
  logger.info('router stopped');
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
