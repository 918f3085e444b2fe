import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment } from './connections.js';
import { monitoringParts } from './monitoring-parts.js';
import type { Part } from './part.js';
import { partNames } from './part-names.js';
import { externalObjectStorePart, externalTemporalPart } from './parts/external.js';
import { type NodeServiceOptions, nodeServicePart, nodeTaskPart } from './parts/node-service.js';
import { objectStorePart } from './parts/object-store.js';
import { externalPostgresPart, postgresPart } from './parts/postgres.js';
import { temporalPart } from './parts/temporal.js';
import type { PlacedProject, PlacedSettings } from './place-projects.js';
import { freePorts } from './ports.js';
import type { StackSecrets } from './secrets.js';
import type { PortVariable } from './settings.js';

/** All parts of the stack for these settings, each after those it needs. */
export async function buildParts(settings: PlacedSettings, secrets: StackSecrets): Promise<Part[]> {
  const env = processEnvironment(settings, secrets);
  return [
    ...(await infrastructureParts(settings, secrets, env)),
    ...productParts(settings, env),
    ...monitoringParts(settings),
  ];
}

async function infrastructureParts(settings: PlacedSettings, secrets: StackSecrets, env: NodeJS.ProcessEnv) {
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

type ServiceDeclaration = Pick<NodeServiceOptions, 'name' | 'entry' | 'needs' | 'healthPath' | 'drainMs'> & {
  readonly port: number;
  readonly variable: string;
  readonly env?: NodeJS.ProcessEnv;
};
type MakeService = (declaration: ServiceDeclaration) => Part;

/** The prediction services and the router of one project. */
function projectParts(placed: PlacedProject, isFirst: boolean, service: MakeService): Part[] {
  const { project, ports, variables } = placed;
  const names = partNames(placed, isFirst);
  const env = {
    PROJECT: project.name,
    ROUTER_PORT: String(ports.router),
    INFER_PROD_PORT: String(ports.production),
    INFER_CAND_PORT: String(ports.candidate),
    // addresses that are fixed by hand are those of one project's services
    ...(!isFirst && { PRODUCTION_UPSTREAMS: '', CANDIDATE_UPSTREAMS: '' }),
  };
  const inference = (slot: 'production' | 'candidate') =>
    service({
      name: names[slot],
      variable: variables[slot],
      port: ports[slot],
      entry: 'inference/server.ts',
      needs: ['migrate', 's3'],
      healthPath: '/api/health',
      drainMs: 20_000,
      env: {
        ...env,
        SLOT: slot,
        PORT: String(ports[slot]),
        INSTANCE_ID: `${project.name}-${slot}`,
        MALLOC_ARENA_MAX: '1', // an arena of freed memory for each thread would be kept for nothing
      },
    });
  return [
    inference('production'),
    inference('candidate'),
    service({
      name: names.router,
      variable: variables.router,
      port: ports.router,
      entry: 'router/server.ts',
      needs: [names.production, names.candidate],
      healthPath: '/router/health',
      drainMs: 40_000,
      env: { ...env, INSTANCE_ID: `${project.name}-router` },
    }),
  ];
}

function productParts(settings: PlacedSettings, common: NodeJS.ProcessEnv): Part[] {
  const version = productVersion();
  const { config, ports, projects, watch } = settings;
  const routers = projects.map(({ project, ports: own }) => `${project.name}=http://127.0.0.1:${own.router}`);
  const env = {
    ...common,
    PROJECTS: projects.map(({ project }) => project.name).join(','),
    PROJECT_ROUTERS: common.PROJECT_ROUTERS || routers.join(','),
  };
  const service: MakeService = (declaration) =>
    nodeServicePart({ ...declaration, version, host: config.HOST, watch, env: { ...env, ...declaration.env } });
  const shared = (name: string, variable: PortVariable) => ({ name, variable, port: ports[variable] });
  const loop = ['migrate', 's3', 'temporal'];
  const ofProjects = projects.flatMap((placed, i) => projectParts(placed, i === 0, service));
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
    service({ ...shared('web', 'WEB_PORT'), entry: 'web/server.ts', needs: [], healthPath: '/', drainMs: 10_000 }),
    service({
      ...shared('control', 'CONTROL_PORT'),
      entry: 'control/server.ts',
      needs: loop,
      healthPath: '/api/health',
      drainMs: 20_000,
    }),
    service({
      ...shared('worker', 'WORKER_PORT'),
      entry: 'worker.ts',
      needs: loop,
      healthPath: '/health',
      drainMs: 45_000,
    }),
    ...ofProjects,
    ...(settings.bootstrap
      ? [
          nodeTaskPart({
            ...task,
            name: 'bootstrap',
            entry: 'stack/bootstrap.ts',
            needs: [...ofProjects.map(({ name }) => name), 'control', 'worker'],
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
