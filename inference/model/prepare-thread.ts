import { parentPort, workerData } from 'node:worker_threads';
import { ArtifactInvalidError } from '../../core/errors.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import { narrowTables } from '../../core/forest/narrow-plan.js';
import { type Prepared, transferred } from './prepare-forest.js';

// One forest file in, the checked forest with the tables of its plan out.
function prepare(bytes: Uint8Array): Prepared {
  try {
    const forest = decodeForest(bytes);
    return { forest, tables: narrowTables(forest) };
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return { invalid: error.message };
    throw error;
  }
}

const prepared = prepare(workerData as Uint8Array);
parentPort!.postMessage(prepared, transferred(prepared));
