import { webcrypto } from 'node:crypto';
import type { ArtifactStore, ObjectStore } from '../../activities/ports.js';
import { ArtifactInvalidError, NotFoundError } from '../../core/errors.js';
import { type Manifest, manifestSchema } from '../../core/registry/manifest.js';

const MANIFEST = 'manifest.json';

/** Made on another thread: requests go on being answered while a large model is checked. */
async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}

/**
 * Model versions as folders of files. The manifest is written last and read first, so a half-written version is
 * never seen, and every file is checked against it when it is read.
 */
export function createArtifactStore(objects: ObjectStore): ArtifactStore {
  async function readManifest(prefix: string): Promise<Manifest> {
    let text: string;
    try {
      text = new TextDecoder().decode(await objects.get(prefix + MANIFEST));
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw new ArtifactInvalidError(
          `${prefix} has no manifest.json: the version does not exist or was never finished`,
          {
            cause: error,
          },
        );
      }
      throw error;
    }
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch (error) {
      throw new ArtifactInvalidError(`${prefix}${MANIFEST} is not JSON`, { cause: error });
    }
    const parsed = manifestSchema.safeParse(document);
    if (!parsed.success) throw new ArtifactInvalidError(`${prefix}${MANIFEST}: ${parsed.error.issues[0]?.message}`);
    return parsed.data;
  }

  return {
    readManifest,

    async write(prefix, { project, version, createdAt, files }) {
      const entries: Manifest['files'] = {};
      for (const [name, bytes] of Object.entries(files)) {
        await objects.put(prefix + name, bytes);
        entries[name] = { bytes: bytes.byteLength, sha256: await sha256(bytes) };
      }
      const manifest: Manifest = { format: 1, project, version, createdAt, files: entries };
      await objects.put(prefix + MANIFEST, Buffer.from(JSON.stringify(manifest, null, 2)), {
        contentType: 'application/json',
      });
      return manifest;
    },

    async readFile(prefix, name, manifest) {
      const entry = (manifest ?? (await readManifest(prefix))).files[name];
      if (!entry) throw new ArtifactInvalidError(`${prefix}${MANIFEST} does not list ${name}`);
      const bytes = await objects.get(prefix + name);
      if (bytes.byteLength !== entry.bytes) {
        throw new ArtifactInvalidError(`${prefix}${name}: expected ${entry.bytes} bytes, got ${bytes.byteLength}`);
      }
      const digest = await sha256(bytes);
      if (digest !== entry.sha256) {
        throw new ArtifactInvalidError(`${prefix}${name}: expected sha256 ${entry.sha256}, got ${digest}`);
      }
      return bytes;
    },

    async delete(prefix) {
      return objects.deletePrefix(prefix);
    },
  };
}
