import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ObjectStore } from '../../activities/ports.js';
import { ConflictError, NotFoundError } from '../../core/errors.js';

/** Of an upload in parts. */
const PART_BYTES = 8 * 1024 * 1024;

export interface S3Options {
  /** An S3-compatible server; without it AWS itself, with the SDK's usual credentials. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly bucket: string;
}

export type S3ObjectStore = ObjectStore & { readonly client: S3Client; ensureBucket(): Promise<void>; close(): void };

/** Objects in one bucket. Keys are relative to it. */
export function createS3ObjectStore({ endpoint, region, bucket }: S3Options): S3ObjectStore {
  const client = new S3Client({ region, maxAttempts: 3, ...(endpoint ? { endpoint, forcePathStyle: true } : {}) });

  async function* keys(prefix: string): AsyncGenerator<string> {
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }));
      for (const item of page.Contents ?? []) if (item.Key) yield item.Key;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }

  /** A client sees a missing object as NotFoundError; everything else as it is. */
  function missing(key: string, error: unknown): unknown {
    const absent = error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
    return absent ? new NotFoundError(`s3://${bucket}/${key} does not exist`, { cause: error }) : error;
  }

  async function read(key: string, Range?: string): Promise<Uint8Array> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }));
      if (!Body) throw new NotFoundError(`s3://${bucket}/${key} has no body`);
      return await Body.transformToByteArray();
    } catch (error) {
      throw missing(key, error);
    }
  }

  return {
    client,
    async put(key, body, { contentType = 'application/octet-stream', onlyIfNew = false } = {}) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: contentType,
            ...(onlyIfNew ? { IfNoneMatch: '*' } : {}),
          }),
        );
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) {
          throw new ConflictError(`s3://${bucket}/${key} exists and is never overwritten`, { cause: error });
        }
        throw error;
      }
    },
    get: (key) => read(key),
    getRange: (key, start, end) => read(key, `bytes=${start}-${end - 1}`),
    async size(key) {
      try {
        return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ContentLength ?? 0;
      } catch (error) {
        throw missing(key, error);
      }
    },
    async putStream(key, body, contentType) {
      const params = { Bucket: bucket, Key: key, Body: Readable.from(body), ContentType: contentType };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: 2 }).done();
    },
    async list(prefix) {
      const found: string[] = [];
      for await (const key of keys(prefix)) found.push(key);
      return found;
    },
    async copy(from, to) {
      await client.send(new CopyObjectCommand({ Bucket: bucket, CopySource: encodeURI(`${bucket}/${from}`), Key: to }));
    },
    async deletePrefix(prefix) {
      const found: string[] = [];
      for await (const key of keys(prefix)) found.push(key);
      for (let start = 0; start < found.length; start += 1000) {
        const Objects = found.slice(start, start + 1000).map((Key) => ({ Key }));
        await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
      }
      return found.length;
    },
    async ensureBucket() {
      try {
        await client.send(new HeadBucketCommand({ Bucket: bucket }));
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
        await client.send(new CreateBucketCommand({ Bucket: bucket }));
      }
    },
    close: () => client.destroy(),
  };
}
