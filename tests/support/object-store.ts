import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createS3ObjectStore, type S3ObjectStore } from '../../adapters/s3/object-store.js';

/** A bucket of this test file's own on the shared S3 server. */
export async function createTestObjectStore(): Promise<S3ObjectStore & { readonly bucket: string }> {
  const { s3 } = inject('services');
  process.env.AWS_ACCESS_KEY_ID = s3.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = s3.secretAccessKey;
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  const store = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket });
  await store.ensureBucket();
  return { ...store, bucket };
}
