import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Tracing } from '../tracing/tracing.js';
import { tracingPlugins } from './tracing-plugins.js';

export interface CallOptions {
  /** How often a call is tried while the cluster is away, after pauses that grow from 0.1 s. The SDK's 10 take about 20 s. */
  readonly attempts: number;
}

/** A cluster that is away is told of after about a second. */
export const WHILE_A_PERSON_WAITS: CallOptions = { attempts: 4 };

/**
 * Where the cluster is comes from Temporal's own environment variables and profile file (TEMPORAL_ADDRESS,
 * TEMPORAL_NAMESPACE, TEMPORAL_TLS…, TEMPORAL_API_KEY, TEMPORAL_PROFILE): a dev server, a cluster and Temporal Cloud alike.
 */
export async function connectClient(
  environment: NodeJS.ProcessEnv = process.env,
  tracing: Tracing | null = null,
  { attempts }: CallOptions = { attempts: 10 },
): Promise<Client> {
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: strings(environment) });
  const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: attempts }));
  const connection = await Connection.connect({ ...connectionOptions, interceptors: [retry] });
  const plugins = await tracingPlugins(tracing);
  return new Client({ connection, plugins, ...(namespace ? { namespace } : {}) });
}

/** The variables that are set. */
export function strings(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
