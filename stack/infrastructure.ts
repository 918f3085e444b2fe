import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startOrphanGuard } from './orphan-guard.js';
import type { Part, PartStatus } from './part.js';
import { objectStorePart } from './parts/object-store.js';
import { localDatabaseUrl, postgresPart } from './parts/postgres.js';
import { relocatedDataFolder } from './parts/postgres-data.js';
import { temporalPart } from './parts/temporal.js';
import { freePorts } from './ports.js';
import { loadOrCreateSecrets } from './secrets.js';
import { Supervisor } from './supervisor.js';

export type InfrastructurePart = 'postgres' | 'temporal' | 's3';

export interface InfrastructureOptions {
  /** Folder for data, logs and secrets; created when it is not there. */
  readonly home: string;
  /** Default: all three. */
  readonly parts?: readonly InfrastructurePart[];
  /** `free` picks ports nobody listens on. */
  readonly ports?: 'free' | { readonly postgres: number; readonly temporal: number; readonly s3: number };
  /** Keep Temporal's state in a file and make Postgres sync to disk. Default false: quicker, for tests. */
  readonly durable?: boolean;
  readonly bucket?: string;
  readonly onChange?: (status: PartStatus) => void;
}

/** Addresses are only there for the parts that were asked for. */
export interface Infrastructure {
  /** What a process of the product needs in its environment to use these parts. */
  readonly env: Readonly<Record<string, string>>;
  /** The database `incumbent`, as a superuser: other databases may be created beside it. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly s3: {
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly region: string;
    readonly bucket: string;
  };
  statuses(): PartStatus[];
  /** Stops everything and returns when no process is left. The home stays for whoever made it. */
  stop(): Promise<void>;
}

/**
 * Starts the real Postgres, Temporal dev server and S3 server as child processes and waits until they answer. They
 * end with this process, also when it is killed.
 *
 * @throws {UnavailableError} if a part cannot be had or does not come up; nothing is left running then
 */
export async function startInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { parts = ['postgres', 'temporal', 's3'], durable = false, bucket = 'mlops-bucket', onChange } = options;
  const home = resolve(options.home);
  mkdirSync(home, { recursive: true });
  const secrets = loadOrCreateSecrets(home);
  const [httpPort = 0, ...free] = await freePorts(4);
  const chosen =
    typeof options.ports === 'object' ? options.ports : { postgres: free[0]!, temporal: free[1]!, s3: free[2]! };
  const region = 'us-east-1';
  const { env } = process;
  const s3 = { accessKeyId: secrets.s3AccessKeyId, secretAccessKey: secrets.s3SecretAccessKey, region, bucket };
  const postgres = { home, port: chosen.postgres, password: secrets.postgresPassword, durable };
  const databaseFile = durable ? join(home, 'temporal', 'temporal.db') : null;
  const all: Record<InfrastructurePart, Part> = {
    postgres: postgresPart(postgres),
    temporal: temporalPart({ databaseFile, port: chosen.temporal, uiPort: null, httpPort, namespace: 'default', env }),
    s3: objectStorePart({ home, port: chosen.s3, ...s3, env }),
  };
  const guard = startOrphanGuard();
  const watched = new Set<number>();
  const supervisor = new Supervisor(
    parts.map((name) => all[name]),
    {
      logFolder: join(home, 'logs'),
      onChange: (status) => {
        for (const pid of status.pids) {
          if (!watched.has(pid)) guard.watch(pid);
          watched.add(pid);
        }
        onChange?.(status);
      },
    },
  );
  const stop = async () => {
    await supervisor.stop();
    guard.dismiss();
    if (!durable) rmSync(relocatedDataFolder(home), { recursive: true, force: true });
  };
  try {
    await supervisor.start();
  } catch (error) {
    guard.dismiss();
    throw error;
  }
  const endpoint = all.s3.address;
  const databaseUrl = localDatabaseUrl(postgres);
  const temporalAddress = all.temporal.address;
  return {
    databaseUrl,
    temporalAddress,
    s3: { endpoint, ...s3 },
    env: {
      ...(parts.includes('postgres') && { DATABASE_URL: databaseUrl }),
      ...(parts.includes('temporal') && { TEMPORAL_ADDRESS: temporalAddress }),
      ...(parts.includes('s3') && {
        S3_ENDPOINT: endpoint,
        AWS_ACCESS_KEY_ID: s3.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
        AWS_REGION: region,
        MLFLOW_S3_BUCKET: bucket,
      }),
    },
    statuses: () => supervisor.statuses,
    stop,
  };
}
