import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { trimLocalCopies } from '../adapters/artifacts/local-copy.js';
import { createApiKeyStore } from '../adapters/postgres/api-key-store.js';
import { listenToChanges } from '../adapters/postgres/change-listener.js';
import { createFeedbackStore } from '../adapters/postgres/feedback-store.js';
import { createInstanceStore } from '../adapters/postgres/instance-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { countPredictionErrors } from '../adapters/postgres/prediction-errors.js';
import { createPredictionStore, ID_BLOCK } from '../adapters/postgres/prediction-log.js';
import { readSlot } from '../adapters/postgres/slot-reader.js';
import { createUserIds } from '../adapters/privacy/user-ids.js';
import { noCache } from '../adapters/redis/cache.js';
import { Spool } from '../adapters/spool/spool.js';
import { traceCommits } from '../adapters/tracing/trace-commits.js';
import { traceListener } from '../adapters/tracing/trace-listener.js';
import { tracePool } from '../adapters/tracing/trace-pool.js';
import type { Tracing } from '../adapters/tracing/tracing.js';
import type { ModelProject } from '../core/project.js';
import type { Slot } from '../core/registry/version.js';
import { createMetrics, inferenceMetricDefinitions } from '../monitoring/metrics.js';
import { createAdmission } from './access/admission.js';
import { createListener, createShortLane } from './app.js';
import { createHttpServer, listen, stopHttpServer } from './http/http-server.js';
import { openShortLane } from './http/short-lane.js';
import { FailedRequests } from './log/failed-requests.js';
import { IdSource } from './log/id-source.js';
import { PredictionLog } from './log/prediction-log.js';
import { collect, refreshMetrics } from './metrics/collect-own-metrics.js';
import type { CollectedMetrics } from './metrics/collected-metrics.js';
import { FeatureLookups } from './metrics/feature-lookups.js';
import { readLastServed, writeLastServed } from './model/last-served.js';
import { type ArtifactReader, loadModel } from './model/load-model.js';
import { ModelSlot } from './model/model-slot.js';
import type { DatasetReader } from './model/training-rows.js';
import { ownAddress } from './own-address.js';
import { Presence } from './presence.js';
import type { InferenceService } from './service.js';
import { readDriftScore, repeat, tendPartitions } from './upkeep.js';

export interface ServiceOptions {
  readonly project: ModelProject;
  readonly slot: Slot;
  /** Unique, and the same after a restart: what an earlier run left behind is found by it. */
  readonly instanceId: string;
  /** This process among those of the instance, from 0. */
  readonly worker?: number;
  readonly workers?: number;
  readonly databaseUrl: string;
  readonly artifacts: ArtifactReader;
  /** For the training data behind a model; without it similar rows are not told. */
  readonly objects?: DatasetReader | undefined;
  /** Folder for the spool, the last served version and copies of models. */
  readonly home: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** host:port as others reach it; default: host and port, with this machine's address for "all interfaces". */
  readonly address?: string | undefined;
  readonly spoolMaxBytes: number;
  /** Redis for answers that any instance may give; it may be away. */
  readonly redisUrl?: string | undefined;
  /** Whether predictions, feedback and logs need an API key. Default: open. */
  readonly authentication?: 'open' | 'keys';
  /** Origins whose pages may read answers. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Users are stored as keyed hashes where it is given. */
  readonly piiKey?: string | undefined;
  readonly retentionDays?: number | undefined;
  /** How long a stop may take before what is left is cut, milliseconds. */
  readonly drainMs: number;
  readonly logger: Logger;
  /** Null or absent: requests are answered as if there were no tracing. */
  readonly tracing?: Tracing | null;
  readonly registry?: Registry;
  /** The metrics of all the instance's processes; default: those of this one. */
  readonly collectAll?: (() => Promise<CollectedMetrics>) | undefined;
}

export interface RunningService {
  readonly service: InferenceService;
  /** host:port it listens on. */
  readonly address: string;
  /** Stops in order: not ready, requests finished, log written, instance gone. Safe to call twice. */
  stop(): Promise<void>;
}

const DATABASE_TIMEOUT_MS = 2_000;
/** A start waits this long for the slot before it serves the version it served last. */
const SLOT_PATIENCE_MS = 3_000;

/** Starts one process of the prediction service: it listens at once and serves as soon as it knows its model. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { project, slot, worker = 0, workers = 1, databaseUrl, home, logger } = options;
  const quiet = (what: string) => (error: unknown) => logger.debug({ err: error }, what);
  const id = workers > 1 ? `${options.instanceId}-w${worker}` : options.instanceId;
  const connect = (use: string, max: number) => {
    const applicationName = `incumbent ${id} ${use}`;
    return createPool({ connectionString: databaseUrl, max, applicationName, logger, durable: true });
  };
  const logPool = connect('log', 3);
  const readPool = connect('read', 6);

  const { registry = new Registry() } = options;
  collectDefaultMetrics({ register: registry });
  const metrics = createMetrics(registry, inferenceMetricDefinitions);
  const spool = new Spool({
    folder: join(home, 'spool', options.instanceId),
    worker,
    workers,
    maxBytes: options.spoolMaxBytes,
    logger,
  });
  await spool.open();
  const store = createPredictionStore({
    pool: logPool,
    project: project.name,
    latencyBudgetMs: project.decision.latencyBudgetMs,
    timeoutMs: DATABASE_TIMEOUT_MS,
  });
  const { tracing = null } = options;
  const commits = tracing && traceCommits(store, tracing.tracer);
  if (tracing) tracePool(readPool, tracing.tracer);
  const log = new PredictionLog({
    store: commits?.store ?? store,
    onAppend: commits?.onAppend,
    spool,
    maxPending: 10_000,
    maxGroup: 500,
    concurrency: 2,
    metrics,
    logger,
  });
  const ids = new IdSource({
    reserve: store.reserveIds,
    blockSize: ID_BLOCK,
    least: 5_000,
    most: 2_000_000,
    lastSeconds: 300,
    logger,
  });
  // the client is only loaded where it is used
  const cache = options.redisUrl
    ? (await import('../adapters/redis/redis-cache.js')).createRedisCache({ url: options.redisUrl, logger })
    : noCache;
  const lastServed = join(home, 'models', `${project.name}-${slot}.json`);

  let address = '';
  let listening = 0;
  const presence = new Presence(createInstanceStore(readPool), () => {
    const failure = model.failure?.final ? model.failure : null;
    return {
      id,
      project: project.name,
      slot,
      address: options.address ?? ownAddress(options.host, listening),
      generation: model.generation,
      version: model.current?.version ?? null,
      error: failure?.message ?? null,
      refusedGeneration: failure?.generation ?? null,
      spooled: spool.rows,
    };
  });
  const model = new ModelSlot({
    project: project.name,
    slot,
    read: () => readSlot(readPool, project.name, slot),
    load: (version) => loadModel(options.artifacts, project, version),
    metrics,
    logger,
    onChange: () => {
      presence.report().catch(quiet('instance not reported'));
      const version = model.current?.version;
      if (!version || !model.known) return;
      writeLastServed(lastServed, version).catch(quiet('last version not noted'));
      trimLocalCopies(join(home, 'models'), 4).catch(quiet('old copies not deleted'));
    },
  });

  const service: InferenceService = {
    project,
    slot,
    instanceId: id,
    startedAt: new Date(),
    model,
    ids,
    log,
    spool,
    cache,
    failed: new FailedRequests((all) => countPredictionErrors(readPool, all)),
    lookups: new FeatureLookups(),
    feedback: createFeedbackStore(readPool, project),
    admit: options.authentication === 'keys' ? createAdmission(createApiKeyStore(readPool).find) : null,
    corsOrigins: options.corsOrigins ?? [],
    userIds: createUserIds(options.piiKey),
    pool: readPool,
    objects: options.objects ?? null,
    metrics,
    collectMetrics: () => {
      refreshMetrics(service);
      return options.collectAll ? options.collectAll() : collect(registry);
    },
    logger,
    draining: false,
  };

  const listener = createListener(service);
  const server = createHttpServer(tracing ? traceListener(listener, tracing.tracer) : listener);
  // spans and the headers of CORS are made around node:http's requests
  const isPlain = !tracing && service.corsOrigins.length === 0;
  const lane = isPlain ? openShortLane(server, createShortLane(service)) : undefined;
  // whoever connects finds a model and ids, unless the database does not say in time which one
  await Promise.race([Promise.all([model.sync(), ids.refill()]), sleep(SLOT_PATIENCE_MS, undefined, { ref: false })]);
  await listen(server, options.host, options.port);
  listening = (server.address() as AddressInfo).port;
  address = `${options.host}:${listening}`;

  presence.arrive();

  log.start();
  ids.start();
  const subscription = listenToChanges(databaseUrl, 'slots', project.name, () => void model.sync(), logger);
  const chores = [
    repeat(1_000, () => model.sync(), quiet('slot not followed')),
    repeat(1_000, () => presence.report(), quiet('instance not reported')),
    repeat(1_000, () => service.failed.flush(), quiet('failed requests not counted')),
    repeat(
      3_600_000,
      () => tendPartitions(readPool, options.retentionDays, logger),
      (error) => logger.warn({ err: error }, 'partitions not tended'),
    ),
    repeat(60_000, () => readDriftScore(readPool, project.name, metrics), quiet('drift score not read')),
  ];
  const fallback = setTimeout(async () => {
    const version = model.known ? null : await readLastServed(lastServed);
    if (version === null) return logger.warn('the database does not say what to serve yet');
    try {
      model.adopt(await loadModel(options.artifacts, project, version));
    } catch (error) {
      logger.warn({ err: error, version }, 'the database is away and the last version cannot be loaded');
    }
  }, SLOT_PATIENCE_MS);
  logger.info({ address, slot, project: project.name, instance: id }, 'prediction service listens');

  async function stop(): Promise<void> {
    service.draining = true;
    for (const end of chores) end();
    clearTimeout(fallback);
    await Promise.race([
      presence.leave().catch(quiet('instance not removed')),
      sleep(2_000, undefined, { ref: false }),
    ]);
    await stopHttpServer(server, options.drainMs, lane);
    await log.close();
    await service.failed.flush().catch(quiet('failed requests not counted'));
    ids.stop();
    cache.close();
    await subscription.stop();
    await Promise.all([logPool.end(), readPool.end()]);
    await tracing?.stop();
    logger.info('prediction service stopped');
  }
  let stopping: Promise<void> | undefined;
  return { service, address, stop: () => (stopping ??= stop()) };
}
