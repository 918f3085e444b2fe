import type { Input } from '@pulumi/pulumi';

export type Environment = 'dev' | 'staging' | 'prod';

/** Where the Temporal cluster is: Temporal Cloud (TLS and an API key) or a cluster of one's own. */
export type TemporalSettings =
  | { readonly kind: 'cloud'; readonly address: string; readonly namespace: string; readonly apiKey: Input<string> }
  | { readonly kind: 'own'; readonly address: string; readonly namespace: string; readonly tls: boolean };

/** CPU in units of 1/1024 virtual CPU, memory in MiB, as Fargate counts them; min and max are numbers of tasks. */
export interface TaskSize {
  readonly cpu: number;
  readonly memory: number;
  readonly min: number;
  readonly max: number;
}

export const serviceNames = ['infer-prod', 'infer-cand', 'router', 'control', 'web', 'worker'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What differs between the environments. */
export interface Sizing {
  readonly zones: number;
  /** One serves all zones (cheap); one a zone survives the loss of a zone. */
  readonly natGateways: number;
  readonly database: {
    readonly instanceClass: string;
    readonly storageGb: number;
    readonly maxStorageGb: number;
    readonly multiAz: boolean;
    readonly backupDays: number;
  };
  readonly cache: { readonly nodeType: string; readonly nodes: number };
  readonly services: Readonly<Record<ServiceName, TaskSize>>;
  readonly logRetentionDays: number;
  /** Whether data outlives `pulumi destroy`: deletion protection, a final snapshot, a bucket that must be emptied by hand. */
  readonly keepData: boolean;
}

export interface Settings extends Sizing {
  readonly environment: Environment;
  readonly region: string;
  readonly cidr: string;
  readonly domain: string;
  /** ACM certificate of the domain, in the same region. */
  readonly certificateArn: string;
  readonly imageTag: string;
  /** Model projects by name. */
  readonly projects: readonly string[];
  /** Their prefixes in the bucket, for example price_check. */
  readonly artifactPrefixes: readonly string[];
  readonly temporal: TemporalSettings;
  readonly databasePassword: Input<string>;
  readonly jwtSecret: Input<string>;
  readonly alarmEmail?: string;
}

const services = (serving: TaskSize, candidate: TaskSize, rest: TaskSize, worker: TaskSize): Sizing['services'] => ({
  'infer-prod': serving,
  'infer-cand': candidate,
  router: rest,
  control: rest,
  web: { ...rest, cpu: 256, memory: 512 },
  worker,
});

/** The sizes of the three environments; docs/infrastructure.md says what they cost. */
export const sizes: Readonly<Record<Environment, Sizing>> = {
  dev: {
    zones: 2,
    natGateways: 1,
    database: { instanceClass: 'db.t4g.small', storageGb: 20, maxStorageGb: 50, multiAz: false, backupDays: 1 },
    cache: { nodeType: 'cache.t4g.micro', nodes: 1 },
    services: services(
      { cpu: 512, memory: 1024, min: 1, max: 2 },
      { cpu: 512, memory: 1024, min: 1, max: 1 },
      { cpu: 256, memory: 512, min: 1, max: 2 },
      { cpu: 1024, memory: 2048, min: 1, max: 1 },
    ),
    logRetentionDays: 7,
    keepData: false,
  },
  staging: {
    zones: 2,
    natGateways: 1,
    database: { instanceClass: 'db.m7g.large', storageGb: 50, maxStorageGb: 200, multiAz: true, backupDays: 7 },
    cache: { nodeType: 'cache.t4g.small', nodes: 2 },
    services: services(
      { cpu: 1024, memory: 2048, min: 2, max: 6 },
      { cpu: 1024, memory: 2048, min: 1, max: 3 },
      { cpu: 512, memory: 1024, min: 2, max: 4 },
      { cpu: 2048, memory: 4096, min: 1, max: 4 },
    ),
    logRetentionDays: 30,
    keepData: true,
  },
  prod: {
    zones: 3,
    natGateways: 3,
    database: { instanceClass: 'db.m7g.xlarge', storageGb: 200, maxStorageGb: 2000, multiAz: true, backupDays: 35 },
    cache: { nodeType: 'cache.m7g.large', nodes: 3 },
    services: services(
      { cpu: 2048, memory: 4096, min: 3, max: 40 },
      { cpu: 2048, memory: 4096, min: 2, max: 12 },
      { cpu: 1024, memory: 2048, min: 3, max: 20 },
      { cpu: 4096, memory: 8192, min: 2, max: 20 },
    ),
    logRetentionDays: 90,
    keepData: true,
  },
};
