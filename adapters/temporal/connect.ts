import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

/**
 * Where the cluster is comes from Temporal's own environment variables and profile file (TEMPORAL_ADDRESS,
 * TEMPORAL_NAMESPACE, TEMPORAL_TLS…, TEMPORAL_API_KEY, TEMPORAL_PROFILE): a dev server, a cluster and Temporal Cloud alike.
 */
export async function connectClient(environment: NodeJS.ProcessEnv = process.env): Promise<Client> {
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: strings(environment) });
  const connection = await Connection.connect(connectionOptions);
  return new Client({ connection, ...(namespace ? { namespace } : {}) });
}

/** The worker's own connection. */
export async function connectWorker(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ connection: NativeConnection; namespace: string }> {
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: strings(environment) });
  const { address, tls, apiKey, metadata } = connectionOptions;
  const connection = await NativeConnection.connect({
    ...(address ? { address } : {}),
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata ? { metadata } : {}),
  });
  return { connection, namespace: namespace ?? 'default' };
}

function strings(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
