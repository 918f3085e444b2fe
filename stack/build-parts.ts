import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment } from './connections.js';
import type { Part } from './part.js';
import { externalObjectStorePart, externalTemporalPart } from './parts/external.js';
import { type NodeServiceOptions, nodeServicePart, nodeTaskPart } from './parts/node-service.js';
import { objectStorePart } from './parts/object-store.js';
import { externalPostgresPart, postgresPart } from './parts/postgres.js';
import { temporalPart } from './parts/temporal.js';
import { freePorts } from './ports.js';
import type { StackSecrets } from './secrets.js';
import type { PortVariable, StackSettings } from './settings.js';

/** All parts of the stack for these settings, each after those it needs. */
export async function buildParts(settings: StackSettings, secrets: StackSecrets): Promise<Part[]> {
  const env = processEnvironment(settings, secrets);
  return [...(await infrastructureParts(settings, secrets, env)), ...productParts(settings, env)];
}

async function infrastructureParts(settings: StackSettings, secrets: StackSecrets, env: NodeJS.ProcessEnv) {
  const { config, home, ports } = settings;
  const bucket = config.MLFLOW_S3_BUCKET;
  const region = config.AWS_REGION;
  const [httpPort = 0] = await freePorts(1);
  return [
    config.DATABASE_URL
      ? externalPostgresPart(config.DATABASE_URL)
      : postgresPart({ home, port: ports.POSTGRES_PORT, password: secrets.postgresPassword, durable: true }),
    config.TEMPORAL_ADDRESS
      ? externalTemporalPart(config.TEMPORAL_ADDRESS, env)
      : temporalPart({
          databaseFile: join(home, 'temporal', 'temporal.db'),
          port: ports.TEMPORAL_PORT,
          uiPort: ports.TEMPORAL_UI_PORT,
          httpPort,
          namespace: config.TEMPORAL_NAMESPACE,
          env,
        }),
    settings.externalS3
      ? externalObjectStorePart(config.S3_ENDPOINT, bucket, region)
      : objectStorePart({
          home,
          port: ports.S3_PORT,
          accessKeyId: secrets.s3AccessKeyId,
          secretAccessKey: secrets.s3SecretAccessKey,
          region,
          bucket,
          env,
        }),
  ];
}

function productParts(settings: StackSettings, env: NodeJS.ProcessEnv): Part[] {
  const version = productVersion();
  const service = (
    name: string,
    variable: PortVariable,
    rest: Pick<NodeServiceOptions, 'entry' | 'needs' | 'healthPath' | 'drainMs'> & { readonly env?: NodeJS.ProcessEnv },
  ) =>
    nodeServicePart({
      ...rest,
      name,
      variable,
      version,
      port: settings.ports[variable],
      host: settings.config.HOST,
      watch: settings.watch,
      env: { ...env, ...rest.env },
    });
  const inference = (name: string, slot: string, variable: PortVariable) =>
    service(name, variable, {
      entry: 'inference/server.ts',
      needs: ['migrate', 's3'],
      healthPath: '/api/health',
      drainMs: 20_000,
      env: { SLOT: slot, PORT: String(settings.ports[variable]), INSTANCE_ID: name },
    });
  const loop = ['migrate', 's3', 'temporal'];
  const up = ['infer-prod', 'infer-cand', 'router', 'control', 'worker'];
  const task = { env, version };
  return [
    nodeTaskPart({
      ...task,
      name: 'migrate',
      entry: 'adapters/postgres/migrate.ts',
      needs: ['postgres'],
      timeoutMs: 300_000,
      optional: false,
    }),
    service('web', 'WEB_PORT', {
      entry: 'web/server.ts',
      needs: [],
      healthPath: '/',
      drainMs: 10_000,
      // with a Temporal of one's own its Web UI is elsewhere, too
      env: settings.config.TEMPORAL_ADDRESS
        ? {}
        : { TEMPORAL_UI_URL: `http://localhost:${settings.ports.TEMPORAL_UI_PORT}` },
    }),
    inference('infer-prod', 'production', 'INFER_PROD_PORT'),
    inference('infer-cand', 'candidate', 'INFER_CAND_PORT'),
    service('control', 'CONTROL_PORT', {
      entry: 'control/server.ts',
      needs: loop,
      healthPath: '/api/health',
      drainMs: 20_000,
    }),
    service('worker', 'WORKER_PORT', { entry: 'worker.ts', needs: loop, healthPath: '/health', drainMs: 45_000 }),
    service('router', 'ROUTER_PORT', {
      entry: 'router/server.ts',
      needs: ['infer-prod', 'infer-cand'],
      healthPath: '/router/health',
      drainMs: 40_000,
      env: { INSTANCE_ID: 'router' },
    }),
    ...(settings.bootstrap
      ? [
          nodeTaskPart({
            ...task,
            name: 'bootstrap',
            entry: 'stack/bootstrap.ts',
            needs: up,
            timeoutMs: 3_600_000,
            optional: true,
          }),
        ]
      : []),
  ];
}

function productVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
