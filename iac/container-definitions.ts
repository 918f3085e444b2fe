import { ports } from './ports.js';
import type { ServiceName, TaskSize } from './settings.js';

/** What the AWS provider wants as JSON; names as in the ECS API. */
export interface ContainerArgs {
  readonly service: ServiceName;
  readonly image: string;
  readonly size: TaskSize;
  readonly region: string;
  readonly logGroup: string;
  readonly variables: Readonly<Record<string, string>>;
  /** ARNs in Secrets Manager by variable. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Where the services keep what must survive a restart within the task, and scratch files. */
export const volumes = ['state', 'certificates', 'tmp'] as const;

/** The user of the images. */
const USER = '1000';
const CA_FILE = '/certificates/rds.pem';
const CA_URL = 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem';

/** Paths that say that the process works; a slot without a model is healthy, a task is not ended for it. */
const livePaths: Readonly<Partial<Record<ServiceName, string>>> = {
  'infer-prod': '/v2/health/live',
  'infer-cand': '/v2/health/live',
  router: '/router/health',
  control: '/api/health',
  worker: '/health',
};

/** A task gets its address only when it runs: the router finds the instances by what they report. */
const inferenceCommand = (port: number): string[] => [
  `export INSTANCE_ID="$SLOT-$(hostname)" INSTANCE_ADDRESS="$(hostname -i):${port}"; exec node dist/inference/server.js`,
];

/** The containers of one task: a short first one that prepares the volumes, then the service itself. */
export function containerDefinitions(args: ContainerArgs): Record<string, unknown>[] {
  const { service } = args;
  const main = mainContainer(args);
  if (service === 'web') return [main]; // has no state and no database
  return [prepareContainer(args), { ...main, dependsOn: [{ containerName: 'prepare', condition: 'SUCCESS' }] }];
}

function mainContainer(args: ContainerArgs): Record<string, unknown> {
  const { service, image } = args;
  const port = ports[service];
  const path = livePaths[service];
  const variables = { ...args.variables, NODE_EXTRA_CA_CERTS: CA_FILE };
  return {
    name: service,
    image,
    essential: true,
    user: USER,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
    stopTimeout: 120, // inference drains and writes its spool to Postgres, the worker finishes what it can
    portMappings: [{ containerPort: port, protocol: 'tcp' }],
    mountPoints: [
      { sourceVolume: 'state', containerPath: '/var/lib/incumbent' },
      { sourceVolume: 'certificates', containerPath: '/certificates', readOnly: true },
      { sourceVolume: 'tmp', containerPath: '/tmp' },
    ],
    environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
    secrets: Object.entries(args.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    logConfiguration: logs(args, service),
    ...(service === 'infer-prod' || service === 'infer-cand'
      ? { entryPoint: ['sh', '-c'], command: inferenceCommand(port) }
      : {}),
    ...(path === undefined ? {} : { healthCheck: healthCheck(port, path) }),
  };
}

/** Fargate's volumes belong to root: this hands them to the service's user, and fetches the CA that signs RDS. */
function prepareContainer(args: ContainerArgs): Record<string, unknown> {
  const script = [
    "const fs = require('node:fs')",
    `for (const folder of ['/var/lib/incumbent', '/tmp']) fs.chownSync(folder, ${USER}, ${USER})`,
    `fetch('${CA_URL}').then(async (answer) => {
      if (!answer.ok) throw new Error('${CA_URL} answered ' + answer.status)
      fs.writeFileSync('${CA_FILE}', await answer.text())
    })`,
  ].join(';');
  return {
    name: 'prepare',
    image: args.image,
    essential: false,
    user: '0',
    readonlyRootFilesystem: true,
    entryPoint: ['node', '-e'],
    command: [script],
    mountPoints: [
      { sourceVolume: 'state', containerPath: '/var/lib/incumbent' },
      { sourceVolume: 'certificates', containerPath: '/certificates' },
      { sourceVolume: 'tmp', containerPath: '/tmp' },
    ],
    logConfiguration: logs(args, 'prepare'),
  };
}

const healthCheck = (port: number, path: string) => ({
  command: [
    'CMD',
    'node',
    '-e',
    `fetch('http://127.0.0.1:${port}${path}').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`,
  ],
  interval: 15,
  timeout: 5,
  retries: 3,
  startPeriod: 60,
});

const logs = (args: ContainerArgs, prefix: string) => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': args.logGroup, 'awslogs-region': args.region, 'awslogs-stream-prefix': prefix },
});
