import { once } from 'node:events';
import { startThread } from '../../adapters/start-thread.js';
import { ArtifactInvalidError, UnavailableError } from '../../core/errors.js';
import type { Forest } from '../../core/forest/forest.js';
import type { NarrowTables } from '../../core/forest/narrow-tables.js';
import { adoptPlan } from '../../core/forest/plan-of.js';

/** What the thread answers. */
export type Prepared = { readonly forest: Forest; readonly tables: NarrowTables | null } | { readonly invalid: string };

/** The memory that changes hands instead of being copied, each piece once. */
export function transferred(prepared: Prepared): ArrayBuffer[] {
  if ('invalid' in prepared) return [];
  const values = [...Object.values(prepared.forest), ...Object.values(prepared.tables ?? {})];
  return [...new Set(values.filter((value) => ArrayBuffer.isView(value)).map(({ buffer }) => buffer as ArrayBuffer))];
}

/**
 * Decodes and checks a forest file and prepares its predictions in a thread of its own, so that requests go on being
 * answered meanwhile: a large forest takes a tenth of a second.
 *
 * @param bytes belongs to the thread afterwards
 * @throws {ArtifactInvalidError} when the file is not what it should be
 * @throws {UnavailableError} when the thread ends without an answer
 */
export async function prepareForest(bytes: Uint8Array): Promise<Forest> {
  // a buffer may be a window on memory that others use as well
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  const thread = startThread(new URL('./prepare-thread', import.meta.url), {
    workerData: own,
    transferList: [own.buffer as ArrayBuffer],
  });
  try {
    const gone = once(thread, 'exit').then(([code]) => {
      throw new UnavailableError(`the thread that prepares a forest ended with ${code}`);
    });
    const [prepared] = (await Promise.race([once(thread, 'message'), gone])) as [Prepared];
    if ('invalid' in prepared) throw new ArtifactInvalidError(prepared.invalid);
    adoptPlan(prepared.forest, prepared.tables);
    return prepared.forest;
  } finally {
    await thread.terminate();
  }
}
