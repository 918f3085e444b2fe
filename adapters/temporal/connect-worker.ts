import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { strings } from './connect.js';

/** The worker's own connection, found as the client's is. A file of its own, because the native part is large and only workers need it. */
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
