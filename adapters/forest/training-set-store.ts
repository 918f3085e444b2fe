import { createHash } from 'node:crypto';
import type { ObjectStore, TrainingSetStore } from '../../activities/ports.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { shareSet, type TrainingSet } from '../../core/forest/training-set.js';
import { decodeTrainingSet, encodeTrainingSet } from '../../core/forest/training-set-file.js';

interface Entry {
  readonly set: Promise<TrainingSet>;
  bytes: number;
}

/** Sets kept ready in memory; the least recently used ones give way. */
const DEFAULT_MAX_BYTES = 512 * 1024 ** 2;

/**
 * Training sets in the object store under a name made of their content. Each is read and decoded once per process,
 * however many steps ask for it at a time, and lies in memory that the training threads share.
 */
export function createTrainingSetStore(objects: ObjectStore, { maxBytes = DEFAULT_MAX_BYTES } = {}): TrainingSetStore {
  const kept = new Map<string, Entry>();

  async function load(key: string, entry: { bytes: number }): Promise<TrainingSet> {
    const bytes = await objects.get(key);
    if (!key.endsWith(`${digest(bytes)}.bin`)) throw new ArtifactInvalidError(`${key} is not what was written there`);
    entry.bytes = bytes.byteLength;
    makeRoom(key);
    return shareSet(decodeTrainingSet(bytes));
  }

  function makeRoom(arriving: string): void {
    let total = 0;
    for (const { bytes } of kept.values()) total += bytes;
    for (const [key, { bytes }] of kept) {
      if (total <= maxBytes) return;
      if (key === arriving) continue;
      kept.delete(key);
      total -= bytes;
    }
  }

  return {
    async put(folder, set) {
      const bytes = encodeTrainingSet(set);
      const key = `${folder}${digest(bytes)}.bin`;
      await objects.put(key, bytes, { contentType: 'application/octet-stream' });
      return key;
    },

    get(key) {
      const found = kept.get(key);
      if (found) {
        // last in the map = most recently used
        kept.delete(key);
        kept.set(key, found);
        return found.set;
      }
      const size = { bytes: 0 };
      const set = load(key, size);
      const entry: Entry = Object.assign(size, { set });
      kept.set(key, entry);
      set.catch(() => kept.delete(key));
      return set;
    },
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
