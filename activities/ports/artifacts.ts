import type { Manifest } from '../../core/registry/manifest.js';

/** Objects by key in one bucket (S3). */
export interface ObjectStore {
  /** @throws {ConflictError} with `onlyIfNew` when the key exists */
  put(key: string, body: Uint8Array, options?: { contentType?: string; onlyIfNew?: boolean }): Promise<void>;
  /** @throws {NotFoundError} when there is no such key */
  get(key: string): Promise<Uint8Array>;
  /** Bytes from `start` up to, without, `end`. @throws {NotFoundError} */
  getRange(key: string, start: number, end: number): Promise<Uint8Array>;
  /** Bytes of the object. @throws {NotFoundError} */
  size(key: string): Promise<number>;
  /** Writes an object of any length, a part at a time. */
  putStream(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<void>;
  list(prefix: string): Promise<string[]>;
  copy(from: string, to: string): Promise<void>;
  /** @returns how many objects were deleted */
  deletePrefix(prefix: string): Promise<number>;
}

/** Model versions as checked folders of files. */
export interface ArtifactStore {
  /** Writes the files, then the manifest. Writing the same version again replaces it whole. */
  write(
    prefix: string,
    version: { project: string; version: string; createdAt: string; files: Readonly<Record<string, Uint8Array>> },
  ): Promise<Manifest>;
  /** @throws {ArtifactInvalidError} when the version was never finished */
  readManifest(prefix: string): Promise<Manifest>;
  /** @throws {ArtifactInvalidError} when the file is not what the manifest says */
  readFile(prefix: string, name: string, manifest?: Manifest): Promise<Uint8Array>;
  delete(prefix: string): Promise<number>;
}
