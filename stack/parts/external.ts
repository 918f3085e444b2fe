import { connectClient } from '../../adapters/temporal/connect.js';
import type { Part } from '../part.js';

const external = {
  kind: 'service',
  needs: [],
  ports: [],
  stopSignal: 'SIGTERM',
  stopTimeoutMs: 0,
  startTimeoutMs: 15_000,
} as const;

/** A Temporal cluster elsewhere: only checked, with the address, TLS and key of the environment. */
export function externalTemporalPart(address: string, env: NodeJS.ProcessEnv): Part {
  let version = 'unknown';
  return {
    ...external,
    name: 'temporal',
    address,
    async probe() {
      const client = await connectClient(env);
      try {
        const info = await client.workflowService.getSystemInfo({});
        version = info.serverVersion || version;
        await client.workflowService.describeNamespace({ namespace: client.options.namespace });
      } finally {
        await client.connection.close();
      }
    },
    version: async () => version,
  };
}

/**
 * An S3 elsewhere: only checked that something answers for the bucket. Whether the credentials allow what is needed
 * shows in the services, which use them.
 *
 * @param endpoint null for AWS itself
 */
export function externalObjectStorePart(endpoint: string | undefined, bucket: string, region: string): Part {
  const address = endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`;
  return {
    ...external,
    name: 's3',
    address,
    async probe() {
      const { status } = await fetch(address, {
        method: 'HEAD',
        signal: AbortSignal.timeout(5_000),
        redirect: 'manual',
      });
      // without a signature an existing bucket answers 403; 404 from AWS means that there is none
      if (status >= 500 || (!endpoint && status === 404)) throw new Error(`${address} answered ${status}`);
    },
    version: async () => (endpoint ? 'unknown' : 'AWS'),
  };
}
