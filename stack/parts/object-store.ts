import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../part.js';
import { findTool } from '../tools/find-tool.js';
import type { Tool } from '../tools/local-tool.js';

export interface ObjectStoreOptions {
  readonly home: string;
  readonly port: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Created when it is not there. */
  readonly bucket: string;
  readonly env: NodeJS.ProcessEnv;
}

/** versitygw over a folder of the home: an S3 server whose objects are plain files. */
export function objectStorePart(options: ObjectStoreOptions): Part {
  const address = `http://127.0.0.1:${options.port}`;
  const objects = join(options.home, 's3', 'objects');
  // metadata beside the objects instead of in extended attributes, which not every file system has
  const metadata = join(options.home, 's3', 'metadata');
  let tool: Tool;
  return {
    name: 's3',
    kind: 'service',
    needs: [],
    address,
    ports: [{ port: options.port, variable: 'S3_PORT' }],
    async prepare({ report, signal }) {
      for (const folder of [objects, metadata]) mkdirSync(folder, { recursive: true, mode: 0o700 });
      tool = await findTool('versitygw', { env: options.env, onProgress: report, signal });
    },
    command: () => ({
      path: tool.path,
      args: [
        ...['--port', `127.0.0.1:${options.port}`, '--health', '/health', '--quiet', '--region', options.region],
        ...['posix', '--sidecar', metadata, objects],
      ],
      // in the environment, where other users of the machine cannot read it as they can a command line
      env: { ...options.env, ROOT_ACCESS_KEY: options.accessKeyId, ROOT_SECRET_KEY: options.secretAccessKey },
    }),
    async probe() {
      const { status } = await fetch(`${address}/health`, { signal: AbortSignal.timeout(2_000) });
      if (status !== 200) throw new Error(`${address}/health answered ${status}`);
    },
    settle: () => ensureBucket(address, options),
    version: async () => tool.version,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    startTimeoutMs: 30_000,
  };
}

async function ensureBucket(endpoint: string, options: ObjectStoreOptions): Promise<void> {
  const { accessKeyId, secretAccessKey, region, bucket } = options;
  const { CreateBucketCommand, HeadBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if ((error as { name?: string }).name !== 'NotFound') throw error;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
}
