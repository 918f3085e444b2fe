import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Tracing } from '../tracing/tracing.js';
import { tracingPlugins } from './tracing-plugins.js';

/**
 * Where the cluster is comes from Temporal's own environment variables and profile file (TEMPORAL_ADDRESS,
 * TEMPORAL_NAMESPACE, TEMPORAL_TLS…, TEMPORAL_API_KEY, TEMPORAL_PROFILE): a dev server, a cluster and Temporal Cloud alike.
 */
export async function connectClient(
  environment: NodeJS.ProcessEnv = process.env,
  tracing: Tracing | null = null,
): Promise<Client> {
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: strings(environment) });
  const connection = await Connection.connect(connectionOptions);
  const plugins = await tracingPlugins(tracing);
  return new Client({ connection, plugins, ...(namespace ? { namespace } : {}) });
}

/** The variables that are set. */
export function strings(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
