import type { Forest } from '../../core/forest/forest.js';
import type { ForestOptions } from '../../core/forest/forest-options.js';
import type { Matrix } from '../../core/forest/matrix.js';
import { createForestThreads, type FitControl } from './forest-threads.js';

/**
 * `fitForest` on worker threads that live as long as the fit: the same forest bit for bit, whatever their number.
 * The threads read X, y and the weights from shared memory; arrays that are not in shared memory are copied there.
 *
 * @throws {InvalidInputError} as `fitForest`
 */
export async function fitForestOnThreads(
  X: Matrix,
  y: Float64Array,
  options: ForestOptions,
  { threads, ...control }: FitControl & { readonly threads?: number } = {},
): Promise<Forest> {
  const pool = createForestThreads(threads);
  try {
    return await pool.fit(X, y, options, control);
  } finally {
    await pool.close();
  }
}
